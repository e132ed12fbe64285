/** The wire shapes of Parley's admin API, which the server checks by and the client is typed by. */
export {
  type AdminApp,
  type AgentConfig,
  type AgentTool,
  adminAppPageSchema,
  adminAppQuerySchema,
  adminAppSchema,
  agentConfigSchema,
  agentToolSchema,
  type CreateAppBody,
  createAppBodySchema,
  type UpdateAppBody,
  updateAppBodySchema,
  writtenToolSchema,
} from './apps.js'
export {
  type AdminKey,
  type AdminNewKey,
  adminKeyPageSchema,
  adminKeyQuerySchema,
  adminKeySchema,
  adminNewKeySchema,
  type CreateKeyBody,
  createKeyBodySchema,
  type RotateKeyBody,
  rotateKeyBodySchema,
  type UpdateKeyBody,
  updateKeyBodySchema,
} from './keys.js'
export {
  type AdminDocument,
  type AdminHits,
  type AdminKnowledge,
  adminDocumentPageSchema,
  adminDocumentSchema,
  adminHitsSchema,
  adminKnowledgePageSchema,
  adminKnowledgeQuerySchema,
  adminKnowledgeSchema,
  type CreateDocumentBody,
  type CreateKnowledgeBody,
  createDocumentBodySchema,
  createKnowledgeBodySchema,
  searchKnowledgeQuerySchema,
  type UpdateKnowledgeBody,
  type UploadDocumentQuery,
  updateKnowledgeBodySchema,
  uploadDocumentQuerySchema,
} from './knowledge.js'
export {
  type AdminInvite,
  type AdminLink,
  type AdminPerson,
  adminPeopleSchema,
  adminPersonSchema,
  type ChangePasswordBody,
  changePasswordBodySchema,
  inviteBodySchema,
  inviteSchema,
  linkBodySchema,
  linkSchema,
  PASSWORD_LENGTH,
  type SignInBody,
  signInBodySchema,
  type UseLinkBody,
  useLinkBodySchema,
} from './login.js'
export {
  type AdminMcpConnect,
  type AdminMcpServer,
  type AdminMcpTest,
  adminMcpConnectSchema,
  adminMcpServerPageSchema,
  adminMcpServerQuerySchema,
  adminMcpServerSchema,
  adminMcpTestSchema,
  type CreateMcpServerBody,
  createMcpServerBodySchema,
  type FinishMcpConnectBody,
  finishMcpConnectBodySchema,
  type UpdateMcpServerBody,
  updateMcpServerBodySchema,
} from './mcp-servers.js'
export { type AppPresentation, presentationSchema } from './presentation.js'
export {
  type AdminProvider,
  adminProviderPageSchema,
  adminProviderQuerySchema,
  adminProviderSchema,
  type CreateProviderBody,
  createProviderBodySchema,
  type ModelPrices,
  type UpdateProviderBody,
  updateProviderBodySchema,
} from './providers.js'
export {
  type AdminSecret,
  adminSecretPageSchema,
  adminSecretQuerySchema,
  adminSecretSchema,
  type CreateSecretBody,
  createSecretBodySchema,
  type UpdateSecretBody,
  updateSecretBodySchema,
} from './secrets.js'
export { type AdminServer, adminServerSchema } from './server.js'
export {
  type AdminNewSession,
  type AdminSession,
  adminNewSessionSchema,
  adminSessionPageSchema,
  adminSessionQuerySchema,
  adminSessionSchema,
  type CreateSessionBody,
  createSessionBodySchema,
} from './sessions.js'
export { STREAM_LANGUAGES, type StreamLanguage, streamLanguageSchema } from './stream-language.js'
export {
  type AdminTrace,
  type AdminTraceDetail,
  adminTraceDetailSchema,
  adminTracePageSchema,
  adminTraceQuerySchema,
  adminTraceSchema,
} from './traces.js'
export {
  type AdminUserDeleted,
  adminUserDeletedSchema,
  type UserExportLine,
  userExportLineSchema,
} from './user-data.js'
export {
  type AdminUser,
  type AdminUserDetail,
  adminUserDetailSchema,
  adminUserPageSchema,
  adminUserQuerySchema,
  adminUserSchema,
} from './users.js'
export { type AdminError, adminErrorSchema } from './wire.js'
export {
  type AdminWorkspace,
  adminWorkspaceSchema,
  type UpdateWorkspaceBody,
  updateWorkspaceBodySchema,
} from './workspace.js'
