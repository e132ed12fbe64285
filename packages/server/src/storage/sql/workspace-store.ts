import type { WorkspaceStore } from '../workspace-store.js'
import { listActiveThreads } from './active-threads.js'
import * as apiKeys from './api-keys.js'
import * as attachments from './attachments.js'
import { listFeedback } from './feedback.js'
import type { SqlDriver } from './script.js'
import * as sessions from './sessions.js'
import * as kept from './user-data.js'
import * as threads from './workspace-threads.js'
import * as users from './workspace-users.js'
import * as workspaces from './workspaces.js'

/** The part of the store that is about whole workspaces. */
export function workspaceStore({ run, transaction }: SqlDriver): WorkspaceStore {
  return {
    findUsersAttachment: (id, user) => run(() => attachments.findUsersAttachment(id, user)),
    findAttachment: (id, workspaceId, appId) => run(() => attachments.findAttachment(id, workspaceId, appId)),
    claimAttachment: (id, owner) => run(() => attachments.claimAttachment(id, owner)),

    findThread: (id, within) => run(() => threads.findThread(id, within)),
    listThreads: (page, within) => run(() => threads.listThreads(page, within)),
    moveThread: (id, owner, appId) => run(() => threads.moveThread(id, owner, appId)),
    listExpiring: (now, limit) => run(() => threads.listExpiring(now, limit)),
    deferExpiry: (id, owner, until) => run(() => threads.deferExpiry(id, owner, until)),
    listActiveThreads: (query, owner) => run(() => listActiveThreads(query, owner)),

    loadWorkspace: (id) => run(() => workspaces.loadWorkspace(id)),
    changeWorkspace: (id, change) => transaction(() => workspaces.changeWorkspace(id, change)),
    nextWorkspace: (after) => run(() => workspaces.nextWorkspace(after)),
    takeLease: (name, now, until) => run(() => workspaces.takeLease(name, now, until)),

    listUsers: (workspaceId, page, search) => run(() => users.listUsers(workspaceId, page, search)),
    loadUser: (workspaceId, userId) => run(() => users.loadUser(workspaceId, userId)),
    listAttachments: (workspaceId, userId, page) => run(() => kept.listAttachments(workspaceId, userId, page)),
    listFeedback: (page, within) => run(() => listFeedback(page, within)),
    forgetUser: (workspaceId, userId) => transaction(() => kept.forgetUser(workspaceId, userId)),

    addApiKey: (key, hash) => run(() => apiKeys.addApiKey(key, hash)),
    findApiKey: (hash) => run(() => apiKeys.findApiKey(hash)),
    loadApiKey: (workspaceId, id) => run(() => apiKeys.loadApiKey(workspaceId, id)),
    listApiKeys: (workspaceId, page) => run(() => apiKeys.listApiKeys(workspaceId, page)),
    changeApiKey: (workspaceId, id, change, hash) =>
      transaction(() => apiKeys.changeApiKey(workspaceId, id, change, hash)),
    deleteApiKey: (workspaceId, id) => run(() => apiKeys.deleteApiKey(workspaceId, id)),
    touchApiKey: (workspaceId, id, usedAt) => run(() => apiKeys.touchApiKey(workspaceId, id, usedAt)),

    addSession: (session, hash) => run(() => sessions.addSession(session, hash)),
    findSession: (hash) => run(() => sessions.findSession(hash)),
    loadSession: (workspaceId, id) => run(() => sessions.loadSession(workspaceId, id)),
    listSessions: (workspaceId, page, filter) => run(() => sessions.listSessions(workspaceId, page, filter)),
    cancelSession: (workspaceId, id, now) => run(() => sessions.cancelSession(workspaceId, id, now)),
    countSessionFile: (id, max) => run(() => sessions.countSessionFile(id, max)),
    deleteSessionsExpiredBefore: (time) => run(() => sessions.deleteSessionsExpiredBefore(time)),
  }
}
