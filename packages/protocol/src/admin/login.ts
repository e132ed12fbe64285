import { z } from 'zod'

/** Wire shapes of signing in to the studio, and of the people who may. */

/** Shorter passwords are guessed, longer ones cost the server time. */
export const PASSWORD_LENGTH = { min: 10, max: 128 } as const

const emailSchema = z.string().trim().max(200).pipe(z.email('must be an email address, such as ada@example.com'))
const newPasswordSchema = z
  .string()
  .min(PASSWORD_LENGTH.min, `must have ${PASSWORD_LENGTH.min} characters or more`)
  .max(PASSWORD_LENGTH.max)
const tokenSchema = z.string().min(1).max(200)
const roleSchema = z.enum(['owner', 'admin']).describe('An `owner` also decides who else may sign in.')

export const adminPersonSchema = z
  .object({
    id: z.string(),
    object: z.literal('person'),
    workspace: z.string(),
    role: roleSchema,
    name: z.string(),
    email: z.string(),
    created_at: z.string().describe('ISO 8601, UTC.'),
  })
  .meta({ id: 'Person' })

export const adminPeopleSchema = z.object({ data: z.array(adminPersonSchema) }).meta({ id: 'People' })

export const signInBodySchema = z.strictObject({ email: emailSchema, password: z.string().min(1).max(1000) })

export const changePasswordBodySchema = z.strictObject({
  current_password: z.string().min(1).max(1000),
  new_password: newPasswordSchema,
})

export const linkBodySchema = z.strictObject({ token: tokenSchema })

/** What a link is good for, before somebody uses it. */
export const linkSchema = z.object({
  object: z.literal('link'),
  purpose: z
    .enum(['first', 'owner', 'invite'])
    .describe('`first`: sets up a new server; `owner`: made on the server; `invite`: made by an owner.'),
  role: roleSchema,
  workspace: z.string(),
  expires_at: z.string().describe('ISO 8601, UTC.'),
})

export const useLinkBodySchema = z.strictObject({
  token: tokenSchema,
  name: z.string().trim().min(1).max(100),
  email: emailSchema,
  password: newPasswordSchema,
})

export const inviteBodySchema = z.strictObject({ role: roleSchema.default('admin') })

export const inviteSchema = linkSchema.extend({
  token: z.string().describe('The end of the link: `…/studio#link=<token>`. It is shown this once.'),
})

/** Somebody who signs in to the studio. */
export type AdminPerson = z.infer<typeof adminPersonSchema>
/** What a one-time link is good for. */
export type AdminLink = z.infer<typeof linkSchema>
/** A link that was just made, with its token. */
export type AdminInvite = z.infer<typeof inviteSchema>
/** An email address and a password. */
export type SignInBody = z.input<typeof signInBodySchema>
/** The password a person has, and the one they want. */
export type ChangePasswordBody = z.input<typeof changePasswordBodySchema>
/** A link's token, and the account to make with it. */
export type UseLinkBody = z.input<typeof useLinkBodySchema>
