import type { CutSettings, SplitSettings } from '../../../knowledge/knowledge-bases.js'
import { invalidParam } from '../errors.js'
import { CHARACTERS_A_TOKEN } from './encode-tokens.js'
import type { Cut, Split } from './schema.js'

/** How children are cut where nobody says otherwise: every line, and long ones behind a sentence. */
const CHILDREN: CutSettings = { separator: '\n', longest: 300, overlap: 0 }
const LONGEST_TOKENS = 500

/** How a document is to be cut, in the words of this API. `undefined`: nothing was said of it. */
export function decodeSplit({ doc_form, process_rule }: Split, makesQuestions: boolean): SplitSettings | undefined {
  if (doc_form === 'qa_model' && !makesQuestions) throw invalidParam('doc_form', NO_QUESTIONS)
  if (doc_form === undefined && process_rule === undefined) return undefined
  const { mode = 'automatic', rules } = process_rule ?? {}
  const { pre_processing_rules = [], segmentation, parent_mode, subchunk_segmentation } = rules ?? {}
  const without = pre_processing_rules.flatMap(({ id, enabled }) => (enabled ? (CLEANERS[id] ?? []) : []))
  const isQuestions = doc_form === 'qa_model'
  const isHierarchical = doc_form === 'hierarchical_model'
  const isWhole = isHierarchical && parent_mode === 'full-doc'
  const passages = isWhole ? 'whole' : mode === 'automatic' ? undefined : segmentation && cutOf(segmentation)
  return {
    ...(without.length > 0 && { without }),
    ...(passages && { passages }),
    ...(isHierarchical && { children: subchunk_segmentation ? cutOf(subchunk_segmentation) : CHILDREN }),
    ...(isQuestions && { questions: true }),
  }
}

const NO_QUESTIONS =
  'doc_form cannot be qa_model: no language model is connected here that makes questions. Set OPENAI_API_KEY or OPENAI_BASE_URL.'

/** Stop words are no words to a search here: leaving them out changes nothing. */
const CLEANERS: Record<string, NonNullable<SplitSettings['without']>[number]> = {
  remove_extra_spaces: 'blanks',
  remove_urls_emails: 'addresses',
}

/** Clients write line breaks as they are, or as a programmer would. */
const cutOf = ({ separator = '\n', max_tokens = LONGEST_TOKENS, chunk_overlap = 0 }: Cut): CutSettings => ({
  separator: separator.replaceAll('\\n', '\n').replaceAll('\\t', '\t'),
  longest: max_tokens * CHARACTERS_A_TOKEN,
  overlap: chunk_overlap * CHARACTERS_A_TOKEN,
})
