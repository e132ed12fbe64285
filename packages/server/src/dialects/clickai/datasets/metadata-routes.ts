import { ParleyError } from '@parley/protocol'
import { everyRow } from '../../../base/pages-of.js'
import type { KnowledgeBaseRecord, KnowledgeField } from '../../../knowledge/knowledge-bases.js'
import { checkBody } from '../../check-body.js'
import type { Route } from '../../dialect.js'
import { readBody } from '../decode.js'
import { failure, invalidParam } from '../errors.js'
import type { KnowledgeCalls } from './decode-call.js'
import { OWN_FIELDS } from './encode-values.js'
import { ABOUT } from './routes-schema.js'
import { createFieldSchema, documentValuesSchema, renameFieldSchema } from './schema.js'

/** What documents of a base are told by. */
export function metadataRoutes({ knowledge, callerOf }: KnowledgeCalls): Route[] {
  const path = '/v1/datasets/:id/metadata'
  const encode = ({ id, name, type }: KnowledgeField) => ({ id, name, type })
  const found = (fields: readonly KnowledgeField[] | undefined, id: string): KnowledgeField =>
    fields?.find((one) => one.id === id) ?? missing()

  return [
    {
      method: 'GET',
      path: `${path}/built-in`,
      description: ABOUT.ownFields,
      async handle(request, { params: { id = '' } }) {
        await knowledge.load((await callerOf(request)).workspaceId, id)
        const fields = Object.entries(OWN_FIELDS).map(([name, { type }]) => ({ name, type }))
        return Response.json({ fields })
      },
    },
    {
      method: 'POST',
      path: `${path}/built-in/:action`,
      description: ABOUT.useOwnFields,
      async handle(request, { params: { id = '', action } }) {
        const { workspaceId } = await callerOf(request)
        if (action !== 'enable' && action !== 'disable')
          throw failure('invalid_action', 'Invalid action: it must be enable or disable.')
        await knowledge.update(workspaceId, id, { own_fields: action === 'enable' })
        return Response.json({ result: 'success' })
      },
    },
    {
      method: 'POST',
      path,
      description: ABOUT.createField,
      async handle(request, { params: { id = '' } }) {
        const { workspaceId } = await callerOf(request)
        const field = { id: crypto.randomUUID(), ...checkBody(createFieldSchema, await readBody(request)) }
        await knowledge.update(workspaceId, id, { fields: (old) => [...withName(old, field.name), field] })
        return Response.json(encode(field), { status: 201 })
      },
    },
    {
      method: 'GET',
      path,
      description: ABOUT.listFields,
      async handle(request, { params: { id = '' } }) {
        const { workspaceId } = await callerOf(request)
        const { fields = [], own_fields = false } = await knowledge.load(workspaceId, id)
        const documents = await everyRow((page) => knowledge.listDocuments(workspaceId, id, page))
        const countOf = (field: KnowledgeField) =>
          documents.filter(({ values }) => values?.[field.id] !== undefined).length
        const counted = fields.map((field) => ({ ...encode(field), count: countOf(field) }))
        return Response.json({ doc_metadata: counted, built_in_field_enabled: own_fields })
      },
    },
    {
      method: 'PATCH',
      path: `${path}/:field`,
      description: ABOUT.renameField,
      async handle(request, { params: { id = '', field = '' } }) {
        const { workspaceId } = await callerOf(request)
        const { name } = checkBody(renameFieldSchema, await readBody(request))
        const base = await knowledge.update(workspaceId, id, {
          fields(old) {
            const known = found(old, field)
            withName(
              old.filter((one) => one !== known),
              name,
            )
            return old.map((one) => (one === known ? { ...one, name } : one))
          },
        })
        return Response.json(encode(found(base.fields, field)))
      },
    },
    {
      method: 'DELETE',
      path: `${path}/:field`,
      description: ABOUT.deleteField,
      async handle(request, { params: { id = '', field = '' } }) {
        const { workspaceId } = await callerOf(request)
        await knowledge.update(workspaceId, id, {
          fields(old) {
            const known = found(old, field)
            return old.filter((one) => one !== known)
          },
        })
        return new Response(null, { status: 204 })
      },
    },
    {
      method: 'POST',
      path: '/v1/datasets/:id/documents/metadata',
      description: ABOUT.setValues,
      async handle(request, { params: { id = '' } }) {
        const { workspaceId } = await callerOf(request)
        const { operation_data } = checkBody(documentValuesSchema, await readBody(request))
        const base = await knowledge.load(workspaceId, id)
        const changes = operation_data.map(({ document_id, metadata_list, partial_update }) => ({
          document_id,
          values: valuesOf(base, metadata_list),
          isPartial: partial_update ?? false,
        }))
        for (const { document_id } of changes) await knowledge.loadDocument(workspaceId, id, document_id)
        for (const { document_id, values, isPartial } of changes)
          await knowledge.changeDocument(workspaceId, id, document_id, (old) => ({
            ...old,
            values: given({ ...(isPartial && old.values), ...values }),
          }))
        return Response.json({ result: 'success' })
      },
    },
  ]
}

/** The fields, if none of them has this name yet. */
function withName(fields: readonly KnowledgeField[], name: string): readonly KnowledgeField[] {
  if (fields.some((field) => field.name === name) || name in OWN_FIELDS)
    throw failure('invalid_metadata', 'The metadata name already exists.')
  return fields
}

/** Values by the ids of their fields. `null` takes one away. */
function valuesOf(
  { fields = [] }: KnowledgeBaseRecord,
  list: { id: string; value?: string | number | null | undefined }[],
) {
  return Object.fromEntries(
    list.map(({ id, value }) => {
      const field = fields.find((one) => one.id === id) ?? missing()
      if (value !== null && value !== undefined && (field.type === 'string') !== (typeof value === 'string'))
        throw invalidParam(
          'value',
          `The metadata "${field.name}" is a ${field.type === 'time' ? 'time in Unix seconds' : field.type}.`,
        )
      return [id, value ?? undefined]
    }),
  )
}

const given = (values: Record<string, string | number | undefined>): Record<string, string | number> =>
  Object.fromEntries(Object.entries(values).flatMap(([id, value]) => (value === undefined ? [] : [[id, value]])))

function missing(): never {
  throw new ParleyError('not_found', 'Metadata not found.')
}
