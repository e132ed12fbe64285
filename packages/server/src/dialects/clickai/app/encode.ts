import type { InputField } from '@parley/protocol'
import type { AppDescription } from '../../../catalog/describe-app.js'
import { isGraph } from '../decode-call.js'
import { MOST_FILES } from '../schema.js'
import type { EndUser, Info, Parameters, Site } from './schema.js'

/** What an app is, in the words of this API. Source: the ClickAI contract, section 15. */

export const encodeInfo = ({ name, description, mode, presentation }: AppDescription): Info => ({
  name,
  description,
  tags: presentation.tags ?? [],
  mode,
  author_name: '',
})

/** What clients may do here, and what they ask people for. */
export interface AppAbilities {
  /** Whether recorded speech is taken, and answers are spoken. */
  hears: boolean
  speaks: boolean
  /** Whether it says what may be asked next. */
  suggests: boolean
  /** The largest file; absent where none are taken. */
  maxFileBytes?: number | undefined
  annotations: boolean
}

export function encodeParameters({ inputs, mode, presentation }: AppDescription, abilities: AppAbilities): Parameters {
  const { hears, speaks, suggests, maxFileBytes, annotations } = abilities
  const takesFiles = maxFileBytes !== undefined && mode !== 'workflow'
  const limits = {
    image_file_size_limit: megabytes(10, maxFileBytes),
    video_file_size_limit: megabytes(100, maxFileBytes),
    audio_file_size_limit: megabytes(50, maxFileBytes),
    file_size_limit: megabytes(15, maxFileBytes),
    workflow_file_upload_limit: MOST_FILES,
  }
  return {
    opening_statement: presentation.opening_statement ?? '',
    suggested_questions: presentation.suggested_questions ?? [],
    suggested_questions_after_answer: { enabled: suggests },
    speech_to_text: { enabled: hears },
    text_to_speech: {
      enabled: speaks,
      voice: presentation.speech?.voice ?? '',
      language: presentation.language ?? '',
      autoPlay: speaks && presentation.speech?.auto_play ? 'enabled' : 'disabled',
    },
    retriever_resource: { enabled: true },
    annotation_reply: { enabled: annotations },
    more_like_this: { enabled: false },
    user_input_form: inputs.map(encodeField),
    sensitive_word_avoidance: { enabled: false, type: '', configs: [] },
    file_upload: {
      enabled: takesFiles,
      image: { enabled: takesFiles, number_limits: MOST_FILES, detail: 'high', transfer_methods: METHODS },
      allowed_file_types: takesFiles ? ['image', 'document', 'audio', 'video', 'custom'] : [],
      allowed_file_extensions: [],
      allowed_file_upload_methods: METHODS,
      number_limits: MOST_FILES,
      ...(isGraph(mode) && { fileUploadConfig: { ...limits, batch_count_limit: MOST_FILES } }),
    },
    system_parameters: limits,
  }
}

const METHODS = ['remote_url', 'local_file']
/** What this API allows at most, or less where the server does. */
const megabytes = (most: number, maxBytes = 0) => Math.min(most, Math.floor(maxBytes / (1024 * 1024)))

/** One field as an object whose only key is its type. */
function encodeField({ type, ...field }: InputField) {
  const { variable, label } = field
  const given = 'default' in field ? field.default : undefined
  return { [type]: { ...field, label: label || variable, default: given ?? '' } }
}

export function encodeSite({ name, description, presentation }: AppDescription): Site {
  const { icon, icon_background, color, copyright, privacy_policy, input_placeholder, disclaimer, language } =
    presentation
  return {
    title: name,
    chat_color_theme: color ?? null,
    chat_color_theme_inverted: false,
    icon_type: 'emoji',
    icon: icon ?? '💬',
    icon_background: icon_background ?? null,
    icon_url: null,
    description,
    copyright: copyright ?? null,
    privacy_policy: privacy_policy ?? null,
    input_placeholder: input_placeholder ?? null,
    custom_disclaimer: disclaimer ?? null,
    default_language: language ?? 'en-US',
    show_workflow_steps: true,
    use_icon_as_answer_icon: false,
  }
}

/** A person, known by what the caller calls them. */
export const encodeEndUser = (
  userId: string,
  place: { workspaceId: string; appId: string; firstSeenAt: string; lastActiveAt: string },
): EndUser => ({
  id: userId,
  tenant_id: place.workspaceId,
  app_id: place.appId,
  type: 'service-api',
  external_user_id: userId,
  name: userId,
  is_anonymous: false,
  session_id: userId,
  created_at: place.firstSeenAt,
  updated_at: place.lastActiveAt,
})
