import type { CreateKnowledgeBody } from '@parley/protocol/admin'
import { useCallback, useState } from 'react'
import { admin } from '../../api/admin.js'
import { go, toHash } from '../../api/route.js'
import { useAction } from '../../api/use-action.js'
import { useList } from '../../api/use-list.js'
import { Dialog } from '../../parts/dialog.js'
import { Facts } from '../../parts/facts.js'
import { Field } from '../../parts/field.js'
import { Form } from '../../parts/form.js'
import { Icon } from '../../parts/icon.js'
import { Listing } from '../../parts/listing.js'
import { OpenRow } from '../../parts/open-row.js'
import { Page } from '../../parts/page.js'
import { Time } from '../../parts/time.js'

/** The knowledge bases of the workspace. */
export function KnowledgePage() {
  const list = useList(useCallback((after?: string) => admin.knowledge.list({ limit: 50, after }), []))
  const [isNew, setIsNew] = useState(false)
  return (
    <Page
      title="Knowledge"
      about="Documents that your apps search. Their answers say where they found it."
      action={
        <button className="button primary" type="button" aria-haspopup="dialog" onClick={() => setIsNew(true)}>
          <Icon name="plus" />
          New knowledge base
        </button>
      }
    >
      <Listing list={list} empty="No knowledge yet. Create a knowledge base and bring documents into it.">
        {({ id, name, description, updated_at }) => (
          <OpenRow key={id} title={name} href={toHash('knowledge', id)}>
            <Facts of={{ ...(description && { About: description }), Changed: <Time value={updated_at} /> }} />
          </OpenRow>
        )}
      </Listing>
      {isNew && (
        <Dialog title="New knowledge base" onClose={() => setIsNew(false)}>
          <NewBaseForm />
        </Dialog>
      )}
    </Page>
  )
}

function NewBaseForm() {
  const action = useAction(
    useCallback(async (base: CreateKnowledgeBody) => go('knowledge', (await admin.knowledge.create(base)).id), []),
  )
  return (
    <Form action={action} read={toBody} label="New knowledge base">
      <Field name="name" label="Name">
        {(control) => <input {...control} maxLength={200} autoComplete="off" required />}
      </Field>
      <Field name="description" label="What it is about" hint="For people. May be empty.">
        {(control) => <input {...control} maxLength={1000} autoComplete="off" />}
      </Field>
      <div className="buttons">
        <button className="button primary" type="submit">
          Create knowledge base
        </button>
      </div>
    </Form>
  )
}

const toBody = (data: FormData): CreateKnowledgeBody => ({
  name: String(data.get('name')),
  description: String(data.get('description')).trim() || null,
})
