import { Agent, AgentInputItem, Runner, withTrace } from "@openai/agents";
import { OpenAI } from "openai";
import { z } from "zod";


// Shared client for guardrails and file search
const client = new OpenAI({ apiKey: process.env.OPENAI_API_KEY });
const LibrarianSchema = z.object({ answer: z.string(), sources: z.array(z.string()), certain: z.boolean() });
interface LibrarianContext {
  stateFound: string;
  stateQuestions: string;
}
const librarianInstructions = (runContext: any, _agent: Agent<LibrarianContext>) => {
  const { stateFound, stateQuestions } = runContext.context;
  return `You are a librarian. Answer from these passages alone:
 ${stateFound}

This is question number ${stateQuestions} of this reader.`
}
const librarian = new Agent({
  name: "Librarian",
  instructions: librarianInstructions,
  model: "gpt-4.5-preview",
  outputType: LibrarianSchema,
  modelSettings: {
    temperature: 0.2,
    topP: 1,
    maxTokens: 2048,
    store: true
  }
});

type WorkflowInput = { input_as_text: string };


// Main code entrypoint
export const runWorkflow = async (workflow: WorkflowInput) => {
  return await withTrace("Library", async () => {
    const state = {
      questions: 0,
      found: "",
      last_file: ""
    };
    const conversationHistory: AgentInputItem[] = [
      { role: "user", content: [{ type: "input_text", text: workflow.input_as_text }] }
    ];
    const runner = new Runner({
      traceMetadata: {
        __trace_source__: "agent-builder",
        workflow_id: "wf_68e7a1library"
      }
    });
    const filesearchResult = (await client.vectorStores.search("vs_68e7a1c0d4a481918a1f3c9a7b2f0a51", {
      query: workflow.input_as_text,
      max_num_results: 3
    })).data.map((result) => {
      return {
        id: result.file_id,
        filename: result.filename,
        score: result.score,
        text: result.content.map((part: any) => part.text).join("\n")
      }
    });
    if (filesearchResult.length == 0) {
      const endResult = {
        message: "Nothing in our files speaks of that."
      };
      return endResult;
    }
    state.found = filesearchResult.map((result) => result.text).join("\n\n");
    state.questions = state.questions + 1;
    state.last_file = filesearchResult[0].filename;
    const librarianResultTemp = await runner.run(
      librarian,
      [
        ...conversationHistory
      ],
      {
        context: {
          stateFound: state.found,
          stateQuestions: String(state.questions)
        }
      }
    );
    conversationHistory.push(...librarianResultTemp.newItems.map((item) => item.rawItem));

    if (!librarianResultTemp.finalOutput) {
        throw new Error("Agent result is undefined");
    }

    const librarianResult = {
      output_text: JSON.stringify(librarianResultTemp.finalOutput),
      output_parsed: librarianResultTemp.finalOutput
    };
    const transformResult = {
      text: librarianResult.output_parsed.answer,
      files: librarianResult.output_parsed.sources.join(", ")
    };
    return {
      output_text: librarianResult.output_parsed.certain
        ? transformResult.text + " (" + transformResult.files + ")"
        : "I am not sure. " + transformResult.text
    };
  });
}
