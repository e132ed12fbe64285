import { fileURLToPath } from 'node:url'
import ts from 'typescript'

const TYPES = fileURLToPath(new URL('../../../node_modules/@openai/chatkit/types/index.d.ts', import.meta.url))

/** Everything a page can say to the chat and hear from it, as the published types have it. */
export interface Surface {
  /**
   * Option paths (`composer.tools[].label`), what option functions are given and give back (`onClientTool(toolCall).name`,
   * `entities.onTagSearch()[].title`), each value of a choice (`theme.radius=pill`), methods with what they take
   * (`sendUserMessage(params).reply`) and events with what they bring (`chatkit.thread.change.threadId`).
   */
  paths: string[]
  /** Names of a long list, by its path: icons and locales. */
  lists: Map<string, string[]>
}

/** Choices longer than this are lists: a check walks them itself. */
const LONGEST_CHOICE = 10

/** Reads the types of the installed `@openai/chatkit`. */
export function readSurface(): Surface {
  const program = ts.createProgram([TYPES], { strict: true, lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'], noEmit: true })
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(TYPES)
  const module = source && checker.getSymbolAtLocation(source)
  if (!source || !module) throw new Error(`No types at ${TYPES}`)
  const exported = (name: string) => {
    const symbol = checker.getExportsOfModule(module).find((entry) => entry.name === name)
    if (!symbol) throw new Error(`@openai/chatkit exports no ${name}`)
    return symbol
  }
  const typeOf = (symbol: ts.Symbol) => checker.getTypeOfSymbolAtLocation(symbol, source)
  const paths = new Set<string>()
  const lists = new Map<string, string[]>()

  /** Whether a type is written in the published file, and so is worth walking: not the DOM's, not a widget's. */
  const isOurs = (type: ts.Type) =>
    (type.aliasSymbol ?? type.getSymbol())?.declarations?.some((node) => node.getSourceFile() === source) === true

  function walk(path: string, given: ts.Type): void {
    const type = awaited(checker.getNonNullableType(given))
    const members = type.isUnion() ? type.types : [type]
    const literals = members.filter((member) => member.isStringLiteral() || member.isNumberLiteral())
    if (literals.length > 0)
      addChoice(
        path,
        literals.map(({ value }) => String(value)),
      )
    paths.add(path)
    for (const member of members) walkMember(path, awaited(member))
  }

  function walkMember(path: string, type: ts.Type): void {
    const element = checker.isArrayType(type) ? checker.getTypeArguments(type as ts.TypeReference)[0] : undefined
    if (element) walk(`${path}[]`, element)
    if (!(type.flags & ts.TypeFlags.Object) || !isOurs(type)) return
    const [signature] = type.getCallSignatures()
    if (signature) walkCall(path, signature)
    else for (const property of type.getProperties()) walk(join(path, property.name), typeOf(property))
  }

  function walkCall(path: string, signature: ts.Signature): void {
    for (const parameter of signature.parameters) walkInside(`${path}(${parameter.name})`, typeOf(parameter))
    walkInside(`${path}()`, signature.getReturnType())
  }

  /** What is passed is a path only where there is something in it to name. */
  function walkInside(path: string, type: ts.Type): void {
    const known = new Set(paths)
    walk(path, type)
    if (!known.has(path)) paths.delete(path)
  }

  function addChoice(path: string, values: string[]): void {
    if (values.length > LONGEST_CHOICE) lists.set(path, values)
    else for (const value of values) paths.add(`${path}=${value}`)
  }

  /** What a promise gives, for a promise. */
  function awaited(type: ts.Type): ts.Type {
    return checker.getAwaitedType(type) ?? type
  }

  walk('', checker.getDeclaredTypeOfSymbol(exported('ChatKitOptions')))
  const element = checker.getDeclaredTypeOfSymbol(exported('OpenAIChatKit'))
  for (const method of element.getProperties()) {
    if (!isDeclaredIn(method, source) || method.name === 'setOptions') continue
    paths.add(`${method.name}()`)
    const [signature] = typeOf(method).getCallSignatures()
    if (signature && !/EventListener$/.test(method.name)) {
      for (const parameter of signature.parameters) walk(`${method.name}(${parameter.name})`, typeOf(parameter))
    }
  }
  for (const event of checker.getDeclaredTypeOfSymbol(exported('ChatKitEvents')).getProperties()) {
    const detail = typeOf(event).getProperty('detail')
    paths.add(event.name)
    if (detail) walk(event.name, typeOf(detail))
  }
  return { paths: withoutGroups([...paths]).sort(), lists }
}

/** A group says nothing that its members do not say; a function says something beside what it is given. */
function withoutGroups(paths: string[]): string[] {
  const isGroup = (path: string) =>
    paths.some((other) => ['.', '[]', '='].some((join) => other.startsWith(path + join)))
  return paths.filter((path) => path !== '' && !isGroup(path))
}

function join(path: string, name: string): string {
  return path ? `${path}.${name}` : name
}

function isDeclaredIn(symbol: ts.Symbol, source: ts.SourceFile): boolean {
  return symbol.declarations?.some((node) => node.getSourceFile() === source) === true
}
