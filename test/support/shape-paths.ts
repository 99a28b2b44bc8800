/** The attribute paths that a zod shape takes, by walking it. */

import { z } from 'zod';

/** Paths of a shape's leaves and of what holds them: `services.*.build.args.*`. */
export function shapePaths(shape: z.ZodType, path: string): readonly string[] {
  if (shape instanceof z.ZodOptional || shape instanceof z.ZodNullable || shape instanceof z.ZodDefault)
    return shapePaths(shape.unwrap() as z.ZodType, path);
  if (shape instanceof z.ZodPipe)
    return shapePaths((shape.in instanceof z.ZodTransform ? shape.out : shape.in) as z.ZodType, path);
  if (shape instanceof z.ZodObject)
    return [
      path,
      ...Object.entries(shape.shape).flatMap(([key, inner]) => shapePaths(inner as z.ZodType, `${path}.${key}`)),
    ];
  if (shape instanceof z.ZodArray) return [path, ...shapePaths(shape.element as z.ZodType, `${path}[]`)];
  if (shape instanceof z.ZodRecord) return [path, ...shapePaths(shape.valueType as z.ZodType, `${path}.*`)];
  return [path];
}
