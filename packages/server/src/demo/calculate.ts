/** Works out an arithmetic expression: numbers, `+ - * / % ^` and brackets. `undefined` when it is none. */
export function calculate(expression: string): number | undefined {
  const tokens = expression.replaceAll(',', '').match(/\d+(?:\.\d+)?|[-+*/%^()]|\S/g) ?? []
  let position = 0
  const next = () => tokens[position]

  const value = (): number => {
    const token = tokens[position++]
    if (token !== '(') return token === undefined ? Number.NaN : Number(token)
    const inner = sum()
    return tokens[position++] === ')' ? inner : Number.NaN
  }
  const power = (): number => {
    if (next() === '-') {
      position++
      return -power()
    }
    const base = value()
    if (next() !== '^') return base
    position++
    return base ** power()
  }
  const product = (): number => {
    let result = power()
    for (let operator = next(); operator !== undefined && '*/%'.includes(operator); operator = next()) {
      position++
      const right = power()
      result = operator === '*' ? result * right : operator === '/' ? result / right : result % right
    }
    return result
  }
  const sum = (): number => {
    let result = product()
    for (let operator = next(); operator === '+' || operator === '-'; operator = next()) {
      position++
      const right = product()
      result = operator === '+' ? result + right : result - right
    }
    return result
  }

  const result = sum()
  return position === tokens.length && Number.isFinite(result) ? result : undefined
}
