import { clamp } from './read.js'

export type PopoverSide = 'top' | 'bottom' | 'left' | 'right'
export type Anchor = 'start' | 'center' | 'end'

interface Size {
  width: number
  height: number
}

const GAP = 4
const EDGE = 8
const OPPOSITE = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' } as const

/** Where a popover goes: on the wanted side of its anchor, on the other where there is more room, always in sight. */
export function placePopover(
  anchor: Size & { top: number; left: number; bottom: number; right: number },
  { width, height }: Size,
  window: Size,
  { side, align }: { side: PopoverSide; align: Anchor },
): { top: number; left: number } {
  const room = {
    top: anchor.top,
    bottom: window.height - anchor.bottom,
    left: anchor.left,
    right: window.width - anchor.right,
  }
  const isVertical = side === 'top' || side === 'bottom'
  const needed = (isVertical ? height : width) + GAP + EDGE
  const chosen = room[side] >= needed || room[side] >= room[OPPOSITE[side]] ? side : OPPOSITE[side]
  const across = { start: 0, center: 0.5, end: 1 }[align]
  const top = {
    top: anchor.top - height - GAP,
    bottom: anchor.bottom + GAP,
    left: anchor.top + (anchor.height - height) * across,
    right: anchor.top + (anchor.height - height) * across,
  }[chosen]
  const left = {
    top: anchor.left + (anchor.width - width) * across,
    bottom: anchor.left + (anchor.width - width) * across,
    left: anchor.left - width - GAP,
    right: anchor.right + GAP,
  }[chosen]
  return {
    top: clamp(top, EDGE, Math.max(EDGE, window.height - height - EDGE)),
    left: clamp(left, EDGE, Math.max(EDGE, window.width - width - EDGE)),
  }
}
