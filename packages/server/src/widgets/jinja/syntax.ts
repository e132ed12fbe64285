/** What a template says, as trees. `at` is the place in its text, for errors. */
export type Statement = { at: number } & (
  | { kind: 'text'; text: string }
  | { kind: 'output'; value: Expression }
  | { kind: 'if'; branches: { test: Expression; body: Statement[] }[]; otherwise: Statement[] }
  | { kind: 'for'; name: string; list: Expression; when?: Expression; body: Statement[]; otherwise: Statement[] }
  | { kind: 'set'; target: Target; value: Expression }
  | { kind: 'capture'; target: Target; body: Statement[] }
)

/** What `set` writes: a variable, or with `field` a field of a namespace. */
export interface Target {
  name: string
  field?: string
  at: number
}

export type Expression = { at: number } & (
  | { kind: 'literal'; value: string | number | boolean | null }
  | { kind: 'name'; name: string }
  | { kind: 'list'; items: Expression[] }
  | { kind: 'dict'; entries: [key: Expression, value: Expression][] }
  | { kind: 'namespace'; fields: [name: string, value: Expression][] }
  | { kind: 'attribute'; of: Expression; name: string }
  | { kind: 'index'; of: Expression; index: Expression }
  | { kind: 'slice'; of: Expression; start?: Expression; stop?: Expression }
  | { kind: 'append'; of: Expression; item: Expression }
  | { kind: 'filter'; of: Expression; name: string; arguments: Expression[] }
  | { kind: 'test'; of: Expression; name: string; negated: boolean }
  | { kind: 'not' | 'negative'; of: Expression }
  | { kind: 'and' | 'or'; left: Expression; right: Expression }
  | { kind: 'arithmetic'; operator: ArithmeticOperator; left: Expression; right: Expression }
  | { kind: 'compare'; first: Expression; rest: { operator: CompareOperator; value: Expression }[] }
  | { kind: 'concat'; parts: Expression[] }
  | { kind: 'condition'; test: Expression; value: Expression; otherwise?: Expression }
)

export type ArithmeticOperator = '+' | '-' | '*' | '/' | '//' | '%'
export type CompareOperator = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in'

/** How deep a template, an evaluation or a value may nest: far below the stack of any runtime, far above a widget. */
export const MAX_DEPTH = 200
