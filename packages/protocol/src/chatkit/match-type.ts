/** One function for each `type` a union has. Leaving one out does not compile. */
export type TypeTable<Union extends { type: string }, Result> = {
  [Type in Union['type']]: (value: Extract<Union, { type: Type }>) => Result
}

/**
 * Calls the function that `table` holds for the type of `value`, and returns its result. A new member of the union does
 * not compile until every table has a function for it. `value` has passed its schema: its type is one of the union's.
 *
 * @example
 * const line = matchType<Source, string>(source, {
 *   url: ({ url }) => url,
 *   file: ({ filename }) => filename,
 *   entity: ({ title }) => title,
 * })
 */
export function matchType<Union extends { type: string }, Result>(
  value: Union,
  table: TypeTable<Union, Result>,
): Result {
  const type: Union['type'] = value.type
  const handle = table[type] as (value: Union) => Result // the key picks the function made for this very member
  return handle(value)
}
