/** Next.js calls this once at start: the tables of the login are made or brought up to date. */
export async function register() {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { getMigrations } = await import('better-auth/db/migration')
  const { auth } = await import('./lib/auth.js')
  const { runMigrations } = await getMigrations(auth.options)
  await runMigrations()
}
