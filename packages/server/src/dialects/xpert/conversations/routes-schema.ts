import type { RouteDescription } from '../../../http/route-description.js'
import { wireThreadSchema } from '../threads/schema.js'
import {
  conversationChangeSchema,
  conversationCreateSchema,
  conversationSchema,
  feedbackChangeSchema,
  feedbackCreateSchema,
  feedbackSchema,
  goalChangeSchema,
  goalSchema,
  goalSetSchema,
  listOf,
  messageChangeSchema,
  messageCreateSchema,
  messageSchema,
  partSchema,
  rowSearchSchema,
  searchSchema,
} from './schema.js'

/** What the documentation says of conversations, their messages, and what people think of those. */

const conversations = { group: 'Conversations', failures: [404] } as const
const messages = { group: 'Messages of a conversation', failures: [404] } as const
const feedbacks = { group: 'Feedback', failures: [404] } as const

export const createConversation: RouteDescription = {
  ...conversations,
  id: 'createConversation',
  status: 201,
  summary: 'Make a conversation, or change the one of this id.',
  text: 'A conversation is a thread, and has its id. One that was there already is answered with 200.',
  body: conversationCreateSchema,
  example: { title: 'A question', xpertId: 'APP_ID' },
  answer: conversationSchema,
}
export const searchConversations: RouteDescription = {
  ...conversations,
  id: 'searchConversations',
  summary: 'Find conversations of the user.',
  body: searchSchema,
  example: { where: { xpertId: 'APP_ID' }, order: { updatedAt: 'DESC' }, limit: 20 },
  answer: listOf(conversationSchema),
}
export const getConversation: RouteDescription = {
  ...conversations,
  id: 'getConversation',
  summary: 'Get a conversation.',
  answer: conversationSchema,
}
export const updateConversation: RouteDescription = {
  ...conversations,
  id: 'updateConversation',
  summary: 'Rename a conversation, or change what is noted on it.',
  body: conversationChangeSchema,
  example: { title: 'Another name' },
  answer: conversationSchema,
}
export const listThreads: RouteDescription = {
  ...conversations,
  id: 'listThreadsOfConversation',
  summary: 'List the threads of a conversation. It has one, of its own id.',
  answer: listOf(wireThreadSchema),
}
export const deleteConversation: RouteDescription = {
  ...conversations,
  id: 'deleteConversation',
  summary: 'Delete a conversation with all that was said in it.',
  status: 202,
}
export const listMessages: RouteDescription = {
  ...messages,
  id: 'listMessages',
  summary: 'List messages, oldest first.',
  query: partSchema,
  answer: listOf(messageSchema),
}
export const searchMessages: RouteDescription = {
  ...messages,
  id: 'searchMessages',
  summary: 'Find messages.',
  body: rowSearchSchema,
  example: { where: { role: 'ai' }, order: { createdAt: 'DESC' }, limit: 1 },
  answer: listOf(messageSchema),
}
export const createMessage: RouteDescription = {
  ...messages,
  id: 'createMessage',
  status: 201,
  summary: 'Add a message that nobody answers.',
  body: messageCreateSchema,
  example: { role: 'user', content: 'Said elsewhere.' },
  answer: messageSchema,
}
export const getMessage: RouteDescription = {
  ...messages,
  id: 'getMessage',
  summary: 'Get a message.',
  answer: messageSchema,
}
export const updateMessage: RouteDescription = {
  ...messages,
  id: 'updateMessage',
  summary: 'Change the text of a message. What a run wrote stays as it is.',
  body: messageChangeSchema,
  example: { content: 'Other words.' },
  answer: messageSchema,
  failures: [404, 409],
}
export const deleteMessage: RouteDescription = {
  ...messages,
  id: 'deleteMessage',
  summary: 'Delete a message that no run wrote.',
  status: 202,
  failures: [404, 409],
}
export const listFeedback: RouteDescription = {
  ...feedbacks,
  id: 'listFeedback',
  summary: 'What the user thinks of a message.',
  query: partSchema,
  answer: listOf(feedbackSchema),
}
export const searchFeedback: RouteDescription = {
  ...feedbacks,
  id: 'searchFeedback',
  summary: 'Find what the user thinks of a message.',
  body: rowSearchSchema,
  example: { where: { rating: 'like' } },
  answer: listOf(feedbackSchema),
}
export const createFeedback: RouteDescription = {
  ...feedbacks,
  id: 'createFeedback',
  status: 201,
  summary: 'Say what the user thinks of a message, in place of what was said before.',
  body: feedbackCreateSchema,
  example: { rating: 'like', content: 'Just what I needed.' },
  answer: feedbackSchema,
}
export const getFeedback: RouteDescription = {
  ...feedbacks,
  id: 'getFeedback',
  summary: 'Get one opinion.',
  answer: feedbackSchema,
}
export const updateFeedback: RouteDescription = {
  ...feedbacks,
  id: 'updateFeedback',
  summary: 'Change an opinion.',
  body: feedbackChangeSchema,
  example: { rating: 'dislike' },
  answer: feedbackSchema,
}
export const deleteFeedback: RouteDescription = {
  ...feedbacks,
  id: 'deleteFeedback',
  summary: 'Take an opinion back.',
  status: 202,
}

const goal = { ...conversations, answer: goalSchema } as const

export const getGoal: RouteDescription = {
  ...conversations,
  answer: goalSchema.nullable(),
  id: 'getGoal',
  summary: 'Get what a conversation is for, or `null`.',
}
export const setGoal: RouteDescription = {
  ...goal,
  body: goalSetSchema,
  example: { objective: 'Find a flight.' },
  id: 'setGoal',
  summary: 'Say what a conversation is for.',
}
export const updateGoal: RouteDescription = {
  ...goal,
  body: goalChangeSchema,
  example: { status: 'paused' },
  id: 'updateGoal',
  summary: 'Change a part of the goal.',
}
export const deleteGoal: RouteDescription = {
  ...conversations,
  answer: goalSchema.nullable(),
  id: 'deleteGoal',
  summary: 'Take the goal away; the answer is what it was, or `null`.',
}
