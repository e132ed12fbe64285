import type { AdminDocument, AdminHits } from '@parley/protocol/admin'
import { type ChangeEvent, useCallback, useEffect, useRef, useState } from 'react'
import { admin } from '../../api/admin.js'
import { go, toHash } from '../../api/route.js'
import { useAction } from '../../api/use-action.js'
import { useList } from '../../api/use-list.js'
import { useLoad } from '../../api/use-load.js'
import { Confirm } from '../../parts/confirm.js'
import { DialogButton } from '../../parts/dialog-button.js'
import { Empty } from '../../parts/empty.js'
import { Facts } from '../../parts/facts.js'
import { Icon } from '../../parts/icon.js'
import { Listing } from '../../parts/listing.js'
import { Notice } from '../../parts/notice.js'
import { Outcome } from '../../parts/outcome.js'
import { Page } from '../../parts/page.js'
import { Progress } from '../../parts/progress.js'
import { SearchField } from '../../parts/search-field.js'
import { Time } from '../../parts/time.js'

/** What the server reads, for the file picker. */
const KINDS = '.pdf,.docx,.xlsx,.csv,.tsv,.html,.htm,.md,.txt'
/** How often a document that is not done is asked after. */
const LOOK_EVERY_MS = 1000

/** One knowledge base: its documents, and a search to try it with. */
export function KnowledgeBasePage({ id }: { id: string }) {
  const base = useLoad(useCallback(() => admin.knowledge.get(id), [id]))
  const name = base.value?.name ?? 'Knowledge base'
  const [deleting, setDeleting] = useState(false)
  return (
    <Page title={name} back={{ href: toHash('knowledge'), name: 'All knowledge' }} about={base.value?.description}>
      <Outcome {...base}>
        {() => (
          <>
            <Documents baseId={id} />
            <TrySearch baseId={id} />
            <section className="end">
              <div>
                <h2>Delete this knowledge base</h2>
                <p className="quiet">Apps that use it find nothing in it any more.</p>
              </div>
              <button className="button danger" type="button" aria-haspopup="dialog" onClick={() => setDeleting(true)}>
                Delete…
              </button>
            </section>
          </>
        )}
      </Outcome>
      {deleting && (
        <Confirm
          title={`Delete ${name}?`}
          verb="Delete"
          act={async () => {
            await admin.knowledge.delete(id)
            go('knowledge')
          }}
          onClose={() => setDeleting(false)}
        >
          All its documents go with it. This cannot be taken back.
        </Confirm>
      )}
    </Page>
  )
}

function Documents({ baseId }: { baseId: string }) {
  const list = useList(
    useCallback((after?: string) => admin.knowledge.documents(baseId).list({ limit: 50, after }), [baseId]),
  )
  const { rows = [], reload } = list
  const [deleting, setDeleting] = useState<AdminDocument>()
  const picker = useRef<HTMLInputElement>(null)
  const upload = useAction(
    useCallback(
      async (files: File[]) => {
        for (const file of files) await admin.knowledge.documents(baseId).upload(file, { filename: file.name })
        reload()
      },
      [baseId, reload],
    ),
  )
  const isWorking = rows.some(({ status }) => status === 'reading' || status === 'indexing')
  useEffect(() => {
    if (!isWorking) return
    const timer = setInterval(reload, LOOK_EVERY_MS)
    return () => clearInterval(timer)
  }, [isWorking, reload])

  const take = ({ target }: ChangeEvent<HTMLInputElement>) => {
    const files = [...(target.files ?? [])]
    target.value = '' // the same file can be taken again
    void upload.run(files)
  }
  return (
    <section className="stack" aria-labelledby="documents-title">
      <h2 id="documents-title">Documents</h2>
      <div className="buttons start">
        <button
          className="button primary"
          type="button"
          disabled={upload.isBusy}
          onClick={() => picker.current?.click()}
        >
          <Icon name="plus" />
          Add files
        </button>
        <input ref={picker} type="file" accept={KINDS} multiple hidden onChange={take} aria-label="Files" />
      </div>
      <Progress isOn={upload.isBusy} />
      {upload.failure && <Notice tone="danger">{upload.failure.message}</Notice>}
      <Listing list={list} empty="No documents yet. Bring PDF, Word, Excel, CSV, HTML, Markdown or text files.">
        {(one) => <DocumentRow key={one.id} value={one} onDelete={() => setDeleting(one)} />}
      </Listing>
      {deleting && (
        <Confirm
          title={`Delete ${deleting.title}?`}
          verb="Delete"
          act={async () => {
            await admin.knowledge.documents(baseId).delete(deleting.id)
            reload()
          }}
          onClose={() => setDeleting(undefined)}
        >
          It is found no more. This cannot be taken back.
        </Confirm>
      )}
    </section>
  )
}

const WORDS: Record<AdminDocument['status'], string> = {
  reading: 'Reading…',
  indexing: 'Indexing…',
  ready: 'Ready',
  failed: 'Failed',
}

function DocumentRow({ value, onDelete }: { value: AdminDocument; onDelete(): void }) {
  const { title, status, problem, passages, embedded, updated_at } = value
  return (
    <li className="row">
      <div className="row-head">
        <span className="row-title">{title}</span>
        <span className="tag" role="status">
          {status === 'indexing' && embedded > 0
            ? `Indexing ${Math.round((100 * embedded) / passages)} %`
            : WORDS[status]}
        </span>
      </div>
      <div className="buttons">
        <DialogButton verb="Delete" of={title} isDangerous onOpen={onDelete} />
      </div>
      {problem !== null && <Notice tone="warning">{problem}</Notice>}
      <Facts of={{ Passages: passages, 'Found by': waysToFind(value), Changed: <Time value={updated_at} /> }} />
    </li>
  )
}

/** Meaning needs an embedding model, which not every server has. */
const waysToFind = ({ embedded }: AdminDocument) => (embedded > 0 ? 'words and meaning' : 'words')

/** What an app would find. */
function TrySearch({ baseId }: { baseId: string }) {
  const [query, setQuery] = useState('')
  const found = useLoad(
    useCallback(async () => (query === '' ? [] : admin.knowledge.search(baseId, query)), [baseId, query]),
  )
  return (
    <section className="stack" aria-labelledby="search-title">
      <h2 id="search-title">Try a search</h2>
      <SearchField label="What an app would look for" onSearch={setQuery} />
      <Outcome {...found}>
        {(hits) =>
          hits.length === 0 ? (
            query !== '' && <Empty>Nothing is found for that.</Empty>
          ) : (
            <ul className="rows">
              {hits.map((hit) => (
                <HitRow key={`${hit.title} ${hit.text}`} value={hit} />
              ))}
            </ul>
          )
        }
      </Outcome>
    </section>
  )
}

function HitRow({ value: { title, headings, page, text } }: { value: AdminHits['data'][number] }) {
  const place = [...headings, ...(page === null ? [] : [`page ${page}`])].join(' › ')
  return (
    <li className="row">
      <div className="row-head">
        <span className="row-title">{title}</span>
        {place && <span className="quiet">{place}</span>}
      </div>
      <p className="row-text">{withoutMarks(text)}</p>
    </li>
  )
}

/** Passages are Markdown, for models. A person who looks through results reads the words. */
const withoutMarks = (markdown: string) =>
  markdown
    .replace(/^\s*\|?[\s:|-]*-{3,}[\s:|-]*$\n?/gm, '') // the line below a table's head
    .replace(/^\s*\|(.*)\|\s*$/gm, (_, cells: string) =>
      cells
        .split('|')
        .map((cell) => cell.trim())
        .join(' · '),
    )
    .replace(/^#{1,6} |^```\w*$|[`*]{1,3}/gm, '')
