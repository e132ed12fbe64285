import { tsPlugin } from '@sveltejs/acorn-typescript'
import { type Node, Parser } from 'acorn'

/** A file as Agent Builder exports it, made ready to run behind a chat. */
export interface ReadExport {
  /** The program with Parley's hooks in it. Every line stands where it stood. */
  code: string
  /** The id the workflow had, `wf_…`, when the file names it. */
  workflowId?: string
  /** What the file does that may not mean here what it meant there; for the person who moves it. */
  doubts: Doubt[]
}

/** `line` counts from 1. */
export interface Doubt {
  line: number
  text: string
}

/** Where the hooks come from; the program's own names cannot collide with it. */
export const WORKFLOW_MODULE = 'parley:workflow'
const HOOKS = '__parleyWorkflow'

type AnyNode = Node & Record<string, unknown>

const parser = Parser.extend(tsPlugin())

/**
 * Reads an Agent Builder export. `undefined`: the file is none, it exports no `runWorkflow`.
 *
 * Three things an export leaves to its reader are filled in: its approval stub, which always says yes, asks the person;
 * its conversation begins with what was said before; its state is kept with the thread. And its loops are told of.
 *
 * @throws {SyntaxError} with `loc` when the file cannot be read
 */
export function readExport(source: string): ReadExport | undefined {
  if (!/\brunWorkflow\b/.test(source)) return undefined
  const program = parser.parse(source, {
    ecmaVersion: 'latest',
    sourceType: 'module',
    locations: true,
  }) as unknown as AnyNode
  const nodes = [...walk(program)]
  const workflow = nodes.find(isExportedWorkflow)
  if (!workflow) return undefined
  const edits: Edit[] = [{ at: 0, end: 0, text: `import * as ${HOOKS} from '${WORKFLOW_MODULE}'; ` }]
  edits.push(...replaceApproval(nodes), ...extendHistory(workflow), ...keepState(workflow), ...tellLoops(workflow))
  const workflowId = /\bworkflow_id:\s*["'`](wf_\w+)["'`]/.exec(source)?.[1]
  return {
    code: applyEdits(source, edits),
    ...(workflowId && { workflowId }),
    doubts: findDoubts(nodes, workflow).sort((left, right) => left.line - right.line),
  }
}

/** `export const runWorkflow = …` or `export async function runWorkflow …`. */
function isExportedWorkflow(node: AnyNode): boolean {
  if (node.type !== 'ExportNamedDeclaration') return false
  const declaration = node.declaration as AnyNode | null
  if (declaration?.type === 'FunctionDeclaration') return nameOf(declaration.id) === 'runWorkflow'
  return declarators(declaration).some(({ id }) => nameOf(id) === 'runWorkflow')
}

/** The stub itself, and every call of it: the answer takes days, not microseconds. */
function replaceApproval(nodes: AnyNode[]): Edit[] {
  const stub = nodes.find((node) => node.type === 'VariableDeclarator' && nameOf(node.id) === 'approvalRequest')
  const declared = nodes.find((node) => node.type === 'FunctionDeclaration' && nameOf(node.id) === 'approvalRequest')
  if (!stub && !declared) return []
  const awaited = new Set(nodes.filter(({ type }) => type === 'AwaitExpression').map(({ argument }) => argument))
  const calls = nodes.filter((node) => node.type === 'CallExpression' && nameOf(node.callee) === 'approvalRequest')
  return [
    ...(stub?.init ? [replace(stub.init as AnyNode, `${HOOKS}.approval`)] : []),
    ...(declared ? [replace(declared, `const approvalRequest = ${HOOKS}.approval;`)] : []),
    ...calls
      .filter((call) => !awaited.has(call))
      .flatMap((call) => [insert(call.start, '(await '), insert(call.end, ')')]),
  ]
}

/** `const conversationHistory = [` → what was said before stands first. */
function extendHistory(workflow: AnyNode): Edit[] {
  const history = [...walk(workflow)].find(
    (node) => node.type === 'VariableDeclarator' && nameOf(node.id) === 'conversationHistory',
  )?.init as AnyNode | undefined
  return history?.type === 'ArrayExpression' ? [insert(history.start + 1, `...(await ${HOOKS}.history()), `)] : []
}

/** `const state = {…}` → what an earlier turn has set is still set. */
function keepState(workflow: AnyNode): Edit[] {
  const state = [...walk(workflow)].find((node) => node.type === 'VariableDeclarator' && nameOf(node.id) === 'state')
    ?.init as AnyNode | undefined
  if (state?.type !== 'ObjectExpression') return []
  return [insert(state.start, `(await ${HOOKS}.state(`), insert(state.end, '))')]
}

/** `while (…) {…}` → who looks at the run learns which round it is in. One with a label is left as it is. */
function tellLoops(workflow: AnyNode): Edit[] {
  const nodes = [...walk(workflow)]
  const labelled = new Set(nodes.filter(({ type }) => type === 'LabeledStatement').map(({ body }) => body))
  const loops = nodes.filter((node) => node.type === 'WhileStatement' && !labelled.has(node))
  const before = loops.flatMap((loop, index) => {
    const name = `${HOOKS}Loop${index + 1}`
    const test = loop.test as AnyNode
    return [
      insert(loop.start, `{ const ${name} = ${HOOKS}.loop('while_${index + 1}'); try { `),
      insert(test.start, `${name}.round((`),
    ]
  })
  const behind = loops.flatMap((loop, index) => {
    const name = `${HOOKS}Loop${index + 1}`
    const end = ` } catch (thrown) { ${name}.fail(); throw thrown } finally { ${name}.end() } }`
    return [insert((loop.test as AnyNode).end, '))'), insert(loop.end, end)]
  })
  return [...before, ...behind.reverse()] // of two that end at one place the inner one comes first
}

/** Names of models that are no longer served, or soon not. Source: OpenAI's deprecations page. */
const RETIRED_MODEL =
  /^(gpt-4\.5-preview|gpt-4-32k|gpt-4-vision|gpt-4-1106|gpt-4-0125|gpt-4-turbo-preview|o1-preview|o1-mini|gpt-3\.5-turbo-(0301|0613|16k))/

/** What makes a tool that only OpenAI's own models can use → what the tool is called. */
const ONLY_AT_OPENAI: Record<string, string> = {
  webSearchTool: 'Web search',
  codeInterpreterTool: 'The code interpreter',
  imageGenerationTool: 'Image generation',
}

function findDoubts(nodes: AnyNode[], workflow: AnyNode): Doubt[] {
  const doubts: Doubt[] = []
  const doubt = (node: AnyNode, text: string) => doubts.push({ line: lineOf(node), text })
  for (const node of nodes) {
    if (node.type === 'CallExpression') {
      const name = nameOf(node.callee)
      if (name === 'fileSearchTool' || isVectorSearch(node.callee))
        doubt(
          node,
          'Searches a vector store at OpenAI. Put its files into this app’s knowledge folder: what is found there is used instead.',
        )
      else if (name !== undefined && Object.hasOwn(ONLY_AT_OPENAI, name))
        doubt(node, `${ONLY_AT_OPENAI[name]} runs at OpenAI. With any other model host the agent answers without it.`)
      else if (name === 'hostedMcpTool' && /connectorId/.test(textOfKeys(node)))
        doubt(
          node,
          'Uses a connector of OpenAI’s, which only OpenAI’s own models can reach. Name the MCP server’s address (serverUrl) instead.',
        )
      else if (name === 'computerTool') doubt(node, 'Computer use is not available: there is no computer to use.')
    }
    if (node.type === 'Property' && nameOf(node.key) === 'model') {
      const value = (node.value as AnyNode).value
      if (typeof value === 'string' && RETIRED_MODEL.test(value))
        doubt(node, `The model "${value}" is retired. Map it to another one: PARLEY_MODEL_MAP=${value}=gpt-4.1`)
    }
    if (node.type === 'Property' && nameOf(node.key) === 'prompt')
      doubt(node, 'Uses a prompt stored at OpenAI. Copy its text into "instructions".')
  }
  if (extendHistory(workflow).length === 0)
    doubt(workflow, 'There is no "conversationHistory" list: agents read only what the file itself hands them.')
  return doubts
}

const isVectorSearch = (callee: unknown): boolean => {
  const { type, property, object } = callee as AnyNode
  return (
    type === 'MemberExpression' &&
    nameOf(property) === 'search' &&
    nameOf((object as AnyNode).property) === 'vectorStores'
  )
}

const textOfKeys = (call: AnyNode): string =>
  [...walk(call)].flatMap((node) => (node.type === 'Property' ? [nameOf(node.key) ?? ''] : [])).join(' ')

interface Edit {
  at: number
  end: number
  text: string
}

const insert = (at: number, text: string): Edit => ({ at, end: at, text })

/** What is replaced keeps its line breaks, so that line numbers stay true. */
const replace = ({ start, end }: AnyNode, text: string): Edit => ({ at: start, end, text })

function applyEdits(source: string, edits: Edit[]): string {
  const inOrder = edits.map((edit, index) => ({ ...edit, index })).sort((a, b) => a.at - b.at || a.index - b.index)
  let result = ''
  let position = 0
  for (const { at, end, text } of inOrder) {
    if (at < position) continue // inside what was replaced already
    const lineBreaks = source.slice(at, end).replace(/[^\n]/g, '')
    result += source.slice(position, at) + text + lineBreaks
    position = end
  }
  return result + source.slice(position)
}

function* walk(node: AnyNode): Generator<AnyNode> {
  yield node
  for (const [key, value] of Object.entries(node)) {
    if (key === 'loc' || key === 'range') continue
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) yield* walk(child)
  }
}

const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'start' in value

const declarators = (node: AnyNode | null): AnyNode[] =>
  node?.type === 'VariableDeclaration' ? (node.declarations as AnyNode[]) : []

function nameOf(node: unknown): string | undefined {
  const { type, name, value } = (node ?? {}) as { type?: string; name?: string; value?: unknown }
  if (type === 'Identifier') return name
  return type === 'Literal' && typeof value === 'string' ? value : undefined
}

const lineOf = (node: AnyNode): number => node.loc?.start.line ?? 1
