import { z } from 'zod'
import {
  basicRootSchema,
  boxSchema,
  cardSchema,
  colSchema,
  formSchema,
  listViewItemSchema,
  listViewSchema,
  rowSchema,
  tableCellSchema,
  tableRowSchema,
  tableSchema,
  transitionSchema,
  type WidgetComponent,
  type WidgetRoot,
} from './containers.js'
import {
  buttonSchema,
  checkboxSchema,
  datePickerSchema,
  inputSchema,
  radioGroupSchema,
  selectSchema,
  textareaSchema,
} from './controls.js'
import { badgeSchema, captionSchema, labelSchema, markdownSchema, textComponentSchema, titleSchema } from './text.js'
import { nodeSchema, rootTypeSchema, type WidgetNode } from './tree.js'
import { chartSchema, dividerSchema, iconSchema, imageSchema, spacerSchema } from './visual.js'

/** Each known component's schema of its own props, by `type`; children are not looked into. A new component is one line here. */
export const widgetPropsSchemas = {
  Card: cardSchema,
  ListView: listViewSchema,
  Basic: basicRootSchema,
  ListViewItem: listViewItemSchema,
  Box: boxSchema,
  Row: rowSchema,
  Col: colSchema,
  Form: formSchema,
  Transition: transitionSchema,
  Table: tableSchema,
  'Table.Row': tableRowSchema,
  'Table.Cell': tableCellSchema,
  Text: textComponentSchema,
  Title: titleSchema,
  Caption: captionSchema,
  Markdown: markdownSchema,
  Badge: badgeSchema,
  Label: labelSchema,
  Icon: iconSchema,
  Image: imageSchema,
  Divider: dividerSchema,
  Spacer: spacerSchema,
  Chart: chartSchema,
  Button: buttonSchema,
  Input: inputSchema,
  Textarea: textareaSchema,
  Select: selectSchema,
  DatePicker: datePickerSchema,
  Checkbox: checkboxSchema,
  RadioGroup: radioGroupSchema,
} as const satisfies Record<(WidgetComponent | WidgetRoot)['type'], z.ZodType>

const propsSchemas = new Map<string, z.ZodType>(Object.entries(widgetPropsSchemas))

/** Containers that take one kind of child only. */
const ONLY_CHILD = new Map([
  ['ListView', 'ListViewItem'],
  ['Table', 'Table.Row'],
  ['Table.Row', 'Table.Cell'],
])

const checkedNodeSchema: z.ZodType<WidgetNode> = nodeSchema(z.string().min(1), () => checkedNodeSchema).superRefine(
  checkNode,
)

/**
 * Checks a widget the way its author wants it: every known component's props have to fit, and lists and tables hold
 * rows. Unknown components and unknown props are fine and kept. Each issue has the path of the prop that is wrong.
 */
// Every known node has just passed its own schema.
export const checkedWidgetRootSchema = nodeSchema(rootTypeSchema, () => checkedNodeSchema).superRefine(
  checkNode,
) as unknown as z.ZodType<WidgetRoot>

function checkNode(node: WidgetNode, context: z.core.$RefinementCtx<WidgetNode>) {
  const issues = propsSchemas.get(node.type)?.safeParse(node).error?.issues ?? []
  for (const issue of issues) context.addIssue({ code: 'custom', path: issue.path, message: issue.message })

  const only = ONLY_CHILD.get(node.type)
  if (!only || !Array.isArray(node.children)) return
  for (const [index, child] of node.children.entries()) {
    if (child && child.type !== only) {
      const message = `A ${node.type} holds nothing but ${only}`
      context.addIssue({ code: 'custom', path: ['children', index, 'type'], message })
    }
  }
}
