import { isList, isObject, mapValue, type Operation, type Shape } from '../../api/shape.ts'
import { CommandError } from '../errors.ts'
import { nearest } from '../nearest.ts'

/** Every value that stands at a path of an input; indices are left out of paths. */
function valuesAt(value: unknown, shape: Shape, parts: readonly string[]): unknown[] {
  if (Array.isArray(value)) return value.flatMap((one) => valuesAt(one, isList(shape) ? shape[0] : shape, parts))
  const [name, ...rest] = parts
  if (name === undefined) return value === undefined ? [] : [value]
  if (typeof value !== 'object' || value === null || !isObject(shape) || mapValue(shape) !== undefined) return []
  return valuesAt((value as Record<string, unknown>)[name], shape[name] ?? 'any', rest)
}

/**
 * Holds an input against the values that the catalogue lists.
 * @throws CommandError for one that is not among them
 */
export function checkValues(input: Readonly<Record<string, unknown>>, { input: shape, values = {} }: Operation): void {
  for (const [path, known] of Object.entries(values))
    for (const given of valuesAt(input, shape, path.split('.'))) {
      const value = String(given)
      if (value === '' || known.includes(value)) continue
      const meant = nearest(value, known)
      throw new CommandError({
        en: `--${path} is one of ${known.join(', ')}${meant ? `; did you mean ${meant}?` : ''} (--unchecked sends what you wrote)`,
        zh: `--${path} 可取 ${known.join('、')}${meant ? `；是否想用 ${meant}？` : ''}（--unchecked 会原样发送）`,
      })
    }
}
