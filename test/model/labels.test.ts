import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isLabelValue } from '../../src/kernel/names.ts';
import { labelText, recommendedLabels, selectorLabels } from '../../src/model/labels.ts';

test('a text that is a label value stays as it is', () => {
  expect(labelText('My_App.v2')).toBe('My_App.v2');
});

test('a text that is no label value becomes one', () => {
  expect(labelText('web_')).toBe('web');
  expect(labelText('_1')).toBe('1');
  fc.assert(fc.property(fc.string(), (text) => isLabelValue(labelText(text))));
});

test('pods are selected by name and instance', () => {
  expect(selectorLabels('web', 'shop')).toEqual([
    ['app.kubernetes.io/name', 'web'],
    ['app.kubernetes.io/instance', 'shop'],
  ]);
});

test('an object of a service carries six labels', () => {
  expect(recommendedLabels('web', 'shop_')).toEqual([
    ['app.kubernetes.io/name', 'web'],
    ['app.kubernetes.io/instance', 'shop'],
    ['app.kubernetes.io/part-of', 'shop'],
    ['app.kubernetes.io/managed-by', 'longshore'],
    ['com.docker.compose.project', 'shop'],
    ['com.docker.compose.service', 'web'],
  ]);
});

test('an object of the project carries no name of a service', () => {
  expect(recommendedLabels(undefined, 'shop')).toEqual([
    ['app.kubernetes.io/instance', 'shop'],
    ['app.kubernetes.io/part-of', 'shop'],
    ['app.kubernetes.io/managed-by', 'longshore'],
    ['com.docker.compose.project', 'shop'],
  ]);
});
