interface PacketFile {
  name: string
  data: Uint8Array
}

export function encodePacket(head: Record<string, unknown>, files: PacketFile[]): Uint8Array
export function splitPacket(bytes: Uint8Array): { head: unknown; rest: Uint8Array } | null
export function cutFiles(named: { name: string; size: number }[], rest: Uint8Array): PacketFile[]
