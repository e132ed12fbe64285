'use client'

import { createAuthClient } from 'better-auth/react'
import { useState } from 'react'

const { signIn, signUp } = createAuthClient()

export function SignIn() {
  const [problem, setProblem] = useState('')
  async function submit(event) {
    event.preventDefault()
    const { name, email, password } = Object.fromEntries(new FormData(event.currentTarget))
    const isNew = event.nativeEvent.submitter.value === 'new'
    const { error } = await (isNew ? signUp.email({ name, email, password }) : signIn.email({ email, password }))
    if (error) setProblem(error.message)
    else location.reload()
  }
  return (
    <form onSubmit={submit} style={{ display: 'grid', gap: 8, maxWidth: 320 }}>
      <input name="name" aria-label="Name" placeholder="Name (new accounts)" autoComplete="name" />
      <input name="email" aria-label="E-mail" placeholder="E-mail" type="email" autoComplete="email" required />
      <input name="password" aria-label="Password" placeholder="Password" type="password" minLength={8} required />
      <button type="submit" value="known">
        Sign in
      </button>
      <button type="submit" value="new">
        Sign up
      </button>
      <p role="alert">{problem}</p>
    </form>
  )
}
