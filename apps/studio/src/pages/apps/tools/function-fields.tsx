import { CallDescription, CallName, CallParameters } from './call-fields.js'
import type { ToolDraft } from './tool-draft.js'

type FunctionTool = Extract<ToolDraft, { type: 'function' }>

interface FunctionFieldsProps {
  tool: FunctionTool
  /** The server's name of this tool. */
  path: string
  onChange(tool: FunctionTool): void
}

export function FunctionFields({ tool, path, onChange }: FunctionFieldsProps) {
  const call = {
    tool,
    path: `${path}.function`,
    onChange: (change: Partial<FunctionTool>) => onChange({ ...tool, ...change }),
  }
  return (
    <>
      <CallName {...call} label="Function name" />
      <CallDescription {...call} label="When to use it" />
      <CallParameters {...call} />
    </>
  )
}
