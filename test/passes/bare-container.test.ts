import { expect, test } from 'vitest';
import { bareContainer } from '../../src/passes/bare-container.ts';
import { from } from '../support/draft.ts';
import { container } from '../support/plan.ts';

test('a bare container says its name and image, and nothing else', () => {
  expect(bareContainer('pause', 'pause:3', from('services', 'x'))).toEqual(
    container({ name: 'pause', image: 'pause:3', origin: from('services', 'x') }),
  );
});
