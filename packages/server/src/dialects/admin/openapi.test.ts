import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, it } from 'vitest'
import { LOGIN_COOKIE } from '../../auth/login.js'
import { readJson } from '../../testing/read-json.js'
import { adminServer } from './admin.fixture.js'
import { type AdminOptions, adminDialect } from './index.js'
import { ADMIN_PATH } from './path.js'

/** As it is served; the validator says whether it is one. */
async function describeIt() {
  const response = await adminServer().fetch(`${ADMIN_PATH}/openapi.json`, undefined, { as: null })
  return readJson<{ openapi: string; paths: Record<string, object> }>(response)
}

describe('the description of the admin API', () => {
  it('is a valid OpenAPI 3.1 document, and no secret', async () => {
    const document = await describeIt()
    const validator = new Validator()

    expect(document.openapi).toBe('3.1.0')
    expect(await validator.validate(document)).toMatchObject({ valid: true })
    expect(document).toMatchObject({
      security: [{ apiKey: [] }, { login: [] }],
      components: { securitySchemes: { apiKey: { scheme: 'bearer' }, login: { in: 'cookie', name: LOGIN_COOKIE } } },
    })
    expect(validator.version).toBe('3.1')
  })

  it('has every route, and no other', async () => {
    const { routes } = adminDialect({} as AdminOptions) // routes are made without asking for anything
    const told = routes.filter(({ description }) => description !== null)
    const served = told.map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`)
    const { paths } = await describeIt()
    const described = Object.entries(paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    )

    expect(described.sort()).toEqual(served.filter((route) => route !== `GET ${ADMIN_PATH}/openapi.json`).sort())
  })
})
