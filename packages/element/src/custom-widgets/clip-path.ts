import type { Box } from '../bridge/index.js'

/** The whole view but for the holes, through which the frame is seen and touched. */
export function clipPath(view: Box, holes: readonly Box[]): string {
  if (holes.length === 0) return 'none'
  const whole = rectangle({ left: 0, top: 0, width: view.width, height: view.height })
  const cut = holes.map((hole) => rectangle({ ...hole, left: hole.left - view.left, top: hole.top - view.top }))
  return `path(evenodd, "${[whole, ...cut].join('')}")`
}

const rectangle = ({ left, top, width, height }: Box): string => `M${left} ${top}h${width}v${height}h${-width}z`
