import { z } from 'zod'

const colorSchema = z.string().regex(/^#[0-9a-f]{6}$/i, 'it must be a color such as #4a90d9')

const presentationShape = {
  opening_statement: z.string().trim().min(1).max(4000).describe('What the app says before anybody asks.'),
  suggested_questions: z.array(z.string().trim().min(1).max(500)).max(20).describe('What people may begin with.'),
  icon: z.string().trim().min(1).max(16).describe('An emoji.'),
  icon_background: colorSchema,
  color: colorSchema.describe('The accent of a page about the app.'),
  input_placeholder: z.string().trim().min(1).max(200),
  disclaimer: z.string().trim().min(1).max(2000).describe('Stands below the chat.'),
  copyright: z.string().trim().min(1).max(200),
  privacy_policy: z.url({ protocol: /^https?$/ }).max(2000),
  language: z.string().regex(/^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$/, 'it must be a language such as en or pt-BR'),
  speech: z
    .strictObject({
      auto_play: z
        .boolean()
        .default(false)
        .describe('Answers are spoken as soon as they are written, to clients that play them.'),
      voice: z.string().trim().min(1).max(100).optional().describe('As the model that speaks calls it.'),
    })
    .describe('How answers sound, where a model that speaks is connected.'),
  tags: z.array(z.string().trim().min(1).max(50)).max(20),
}

/** How an app presents itself to people, in clients that ask for it. */
export const presentationSchema = z.strictObject(presentationShape).partial().meta({ id: 'AppPresentation' })

const clearable = <Shape extends z.core.$ZodShape>(shape: Shape) =>
  Object.fromEntries(Object.entries(shape).map(([name, schema]) => [name, z.nullish(schema)])) as {
    [Name in keyof Shape]: z.ZodOptional<z.ZodNullable<Shape[Name]>>
  } // the same names

export const presentationChangeSchema = z
  .strictObject(clearable(presentationShape))
  .describe('Fields that are left out stay as they are; `null` clears one.')

/** How an app presents itself. */
export type AppPresentation = z.output<typeof presentationSchema>
