import { headers } from 'next/headers'
import { auth } from '../lib/auth.js'
import { Chat } from './chat.js'
import { SignIn } from './sign-in.js'

export default async function Page() {
  const session = await auth.api.getSession({ headers: await headers() })
  return session ? <Chat name={session.user.name} /> : <SignIn />
}
