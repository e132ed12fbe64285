// Cookies of the login come in, a token of that person goes on to Parley, answers stream through.
import { createChatKitProxy } from '@parley/client'
import { auth } from '../../../../lib/auth.js'

const chat = createChatKitProxy({ url: process.env.NEXT_PUBLIC_BACKEND_URL ?? 'http://localhost:8787', auth })

export { chat as GET, chat as POST, chat as PUT }
