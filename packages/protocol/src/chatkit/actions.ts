import { z } from 'zod'
import { idSchema } from './wire.js'

/** Reads an {@link Action}. An action without a `type` is refused here; the reference lets it through and fails later. */
export const actionSchema = z.object({ type: idSchema, payload: z.unknown().optional() })

/** What a person did in a widget: a name the integrator chose and an untrusted payload. ChatKit server protocol 1.6.5, `Action`. */
export type Action = z.infer<typeof actionSchema>
