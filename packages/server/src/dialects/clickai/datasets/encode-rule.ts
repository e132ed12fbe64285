import type { CutSettings, SplitSettings } from '../../../knowledge/knowledge-bases.js'
import { CHARACTERS_A_TOKEN } from './encode-tokens.js'

/** How a document was cut, in the words it is asked for with. */
export function encodeRule({ without = [], passages, children }: SplitSettings = {}) {
  return {
    mode: children ? 'hierarchical' : passages || without.length > 0 ? 'custom' : 'automatic',
    rules: {
      pre_processing_rules: [
        { id: 'remove_extra_spaces', enabled: without.includes('blanks') },
        { id: 'remove_urls_emails', enabled: without.includes('addresses') },
      ],
      segmentation: passages && passages !== 'whole' ? encodeCut(passages) : null,
      parent_mode: children ? (passages === 'whole' ? 'full-doc' : 'paragraph') : null,
      subchunk_segmentation: children ? encodeCut(children) : null,
    },
  }
}

const encodeCut = ({ separator, longest, overlap }: CutSettings) => ({
  separator,
  max_tokens: Math.round(longest / CHARACTERS_A_TOKEN),
  chunk_overlap: Math.round(overlap / CHARACTERS_A_TOKEN),
})
