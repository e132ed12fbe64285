/** What a person can switch on for a run with an assistant. Source: the Xpert contract, section 5.1. */
export interface RuntimeCapabilitiesResponse {
  skills: RuntimeCapabilitySkill[]
  plugins: RuntimeCapabilityPlugin[]
  subAgents?: RuntimeCapabilitySubAgent[]
}

export interface IconDefinition {
  type: 'image' | 'svg' | 'font' | 'emoji' | 'lottie'
  value: string
  color?: string
  size?: number
  alt?: string
  style?: Record<string, string>
}

export type RuntimeCapabilityIcon = IconDefinition

export interface RuntimeCapabilitySkillMeta {
  icon?: IconDefinition
  [more: string]: unknown
}

export interface RuntimeCapabilitySkill {
  id: string
  workspaceId: string
  label: string
  description?: string
  repositoryName?: string
  provider?: string
  meta?: RuntimeCapabilitySkillMeta
  default?: boolean
}

export interface RuntimeCapabilityPluginMeta {
  icon?: IconDefinition
  [more: string]: unknown
}

export interface RuntimeCapabilityPlugin {
  nodeKey: string
  provider: string
  label: string
  description?: string
  meta?: RuntimeCapabilityPluginMeta
  toolNames?: string[]
}

export interface RuntimeCapabilitySubAgent {
  nodeKey: string
  type: 'agent' | 'xpert'
  label: string
  name?: string
  description?: string
  avatar?: Record<string, unknown> | string
  agentKey?: string
  xpertId?: string
  parameters?: unknown[]
  toolNames?: string[]
  toolsetNames?: string[]
  knowledgebaseNames?: string[]
}
