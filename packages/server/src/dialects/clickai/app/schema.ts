import { APP_MODES } from '@parley/protocol'
import { z } from 'zod'

/** What apps say of themselves. Source: the ClickAI contract, section 15. */

const enabled = z.object({ enabled: z.boolean() })

const fileLimits = {
  image_file_size_limit: z.int(),
  video_file_size_limit: z.int(),
  audio_file_size_limit: z.int(),
  file_size_limit: z.int(),
  workflow_file_upload_limit: z.int(),
}

export const infoSchema = z.object({
  name: z.string(),
  description: z.string(),
  tags: z.array(z.string()),
  mode: z.enum(APP_MODES),
  author_name: z.string(),
})
export type Info = z.infer<typeof infoSchema>

export const parametersSchema = z.object({
  opening_statement: z.string(),
  suggested_questions: z.array(z.string()),
  suggested_questions_after_answer: enabled,
  speech_to_text: enabled,
  text_to_speech: enabled.extend({ voice: z.string(), language: z.string(), autoPlay: z.string() }),
  retriever_resource: enabled,
  annotation_reply: enabled,
  more_like_this: enabled,
  user_input_form: z
    .array(z.record(z.string(), z.looseObject({ variable: z.string(), label: z.string(), required: z.boolean() })))
    .describe('Each field under the name of its type.'),
  sensitive_word_avoidance: enabled.extend({ type: z.string(), configs: z.array(z.unknown()) }),
  file_upload: enabled.extend({
    image: enabled.extend({ number_limits: z.int(), detail: z.string(), transfer_methods: z.array(z.string()) }),
    allowed_file_types: z.array(z.string()),
    allowed_file_extensions: z.array(z.string()),
    allowed_file_upload_methods: z.array(z.string()),
    number_limits: z.int(),
    fileUploadConfig: z
      .object({ ...fileLimits, batch_count_limit: z.int() })
      .optional()
      .describe('Of apps with a graph.'),
  }),
  system_parameters: z.object(fileLimits).describe('In megabytes.'),
})
export type Parameters = z.infer<typeof parametersSchema>

export const siteSchema = z.object({
  title: z.string(),
  chat_color_theme: z.string().nullable(),
  chat_color_theme_inverted: z.boolean(),
  icon_type: z.string(),
  icon: z.string(),
  icon_background: z.string().nullable(),
  icon_url: z.null(),
  description: z.string(),
  copyright: z.string().nullable(),
  privacy_policy: z.string().nullable(),
  input_placeholder: z.string().nullable(),
  custom_disclaimer: z.string().nullable(),
  default_language: z.string(),
  show_workflow_steps: z.boolean(),
  use_icon_as_answer_icon: z.boolean(),
})
export type Site = z.infer<typeof siteSchema>

export const metaSchema = z.object({ tool_icons: z.record(z.string(), z.unknown()) })

export const endUserSchema = z
  .object({
    id: z.string(),
    tenant_id: z.string(),
    app_id: z.string(),
    type: z.literal('service-api'),
    external_user_id: z.string(),
    name: z.string(),
    is_anonymous: z.boolean(),
    session_id: z.string(),
    created_at: z.string(),
    updated_at: z.string(),
  })
  .meta({ id: 'ClickAiEndUser' })
export type EndUser = z.infer<typeof endUserSchema>
