import { isClickAiKey } from '../../auth/api-keys.js'
import { authorizationOf } from '../../auth/credential.js'
import { encodeError as encodeAdminError } from '../../dialects/admin/errors.js'
import { ADMIN_PATH } from '../../dialects/admin/path.js'
import { encodeError as encodeClickAiError } from '../../dialects/clickai/errors.js'
import { encodeError as encodeHostedError } from '../../dialects/openai-hosted/index.js'
import { encodeXpertError } from '../../dialects/xpert-error.js'
import type { RouteGroup } from '../../http/route.js'
import { ASSISTANTS_PATH, CLICKAI_PATH } from './clickai.js'
import { isXpertPath } from './xpert.js'

type EncodeError = RouteGroup['encodeError']

/** What goes wrong before a route is found is told in the words of the API whose path it is; else in ChatKit's. */
export const encodeErrorByPath =
  (encodeChatKitError: EncodeError): EncodeError =>
  (error, request) => {
    const { pathname } = new URL(request.url)
    if (pathname.startsWith(`${ADMIN_PATH}/`)) return encodeAdminError(error)
    if (isXpertPath(pathname)) return encodeXpertError(error)
    if (pathname.startsWith(`${ASSISTANTS_PATH}/`)) return encodeClickAiError(error)
    if (!pathname.startsWith(`${CLICKAI_PATH}/`)) return encodeChatKitError(error, request)
    return isClickAiKey(authorizationOf(request.headers)?.token) ? encodeClickAiError(error) : encodeHostedError(error)
  }
