/** Which way the words of a language run, of those the chat has words in. */
export const directionIn = (language: string): 'ltr' | 'rtl' => (/^(ar|ur)\b/i.test(language) ? 'rtl' : 'ltr')
