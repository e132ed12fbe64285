/** OAuth of the MCP SDK's client. Import this file with `import()`, when somebody signs in at a server for the first time. */
export { auth, OAuthError, refreshAuthorization } from '@modelcontextprotocol/client'
