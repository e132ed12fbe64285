const TYPES: Record<string, string> = { png: 'image/png', txt: 'text/plain', md: 'text/markdown', mp3: 'audio/mpeg' }

/** Of the files that examples send. */
export const mediaTypeOf = (file: string): string => TYPES[file.split('.').at(-1) ?? ''] ?? 'application/octet-stream'
