import type { AdminPerson } from '@parley/protocol/admin'
import { createContext } from 'react'

/** Who is signed in. */
export const CurrentPerson = createContext<AdminPerson | undefined>(undefined)
