/** The people who sign in to the studio, their links, and the routes they use. Better Auth is loaded with the first of them. */
export type { LinkFacts, Login, NewAccount, NewLink, Person, Role, SignedIn } from '../auth/login.js'
export { createLogin, type LoginOptions } from './create-login.js'
export { loginRoutes } from './late-routes.js'
export type { LoginRoutesOptions } from './routes.js'
export { loginSession } from './signed-in.js'
