import { useEffect, useLayoutEffect } from 'react'

/** `useLayoutEffect`, without the warning React 18 gives when a server renders it. */
export const useLayoutEffectInBrowser = typeof document === 'undefined' ? useEffect : useLayoutEffect
