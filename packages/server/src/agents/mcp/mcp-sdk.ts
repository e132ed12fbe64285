/** The Agents SDK's MCP client. Import this file with `import()`, when the first server is connected. */
export { MCPServerStdio, MCPServerStreamableHttp } from '@openai/agents-core'
