import { expect, test } from 'vitest';
import { optionText } from '../../src/attributes/option-text.ts';

test('lists options and masks what may be a secret', () => {
  expect(
    optionText({
      size: '10m',
      zones: ['a', 'b'],
      'splunk-token': 'abc',
      ApiKey: 'x',
      url: 'https://u:p@h/',
      site: 'https://h/',
    }),
  ).toBe('size=10m, zones=a b, splunk-token=***, ApiKey=***, url=***, site=https://h/');
  expect(optionText({})).toBe('');
});
