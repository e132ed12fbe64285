import { tool, webSearchTool, codeInterpreterTool, Agent, AgentInputItem, Runner, withTrace } from "@openai/agents";
import { z } from "zod";


// Tool definitions
const getOrder = tool({
  name: "getOrder",
  description: "Finds an order by its number",
  parameters: z.object({
    number: z.string()
  }),
  execute: async (input: {number: string}) => {
    return { number: input.number, total: 120, state: "delivered" };
  },
});
const webSearchPreview = webSearchTool({
  searchContextSize: "medium",
  userLocation: {
    country: "DE",
    type: "approximate"
  }
})
const codeInterpreter = codeInterpreterTool({
  container: {
    type: "auto",
    file_ids: []
  }
})
const TriageSchema = z.object({ intent: z.enum(["refund", "news", "order"]), amount: z.number().nullable() });
const triage = new Agent({
  name: "Triage",
  instructions: `Decide what the person wants.`,
  model: "gpt-4.1",
  outputType: TriageSchema,
  modelSettings: {
    temperature: 0
  }
});

const clerk = new Agent({
  name: "Clerk",
  instructions: "Find the order and say how it stands.",
  model: "gpt-4.1",
  tools: [
    getOrder,
    codeInterpreter
  ],
  modelSettings: {
    temperature: 1,
    topP: 1,
    parallelToolCalls: true,
    maxTokens: 2048,
    store: true
  }
});

const reporter = new Agent({
  name: "Reporter",
  instructions: "Search the web for news about the shop.",
  model: "gpt-5-mini",
  tools: [
    webSearchPreview
  ],
  modelSettings: {
    reasoning: {
      effort: "low",
      summary: "auto"
    },
    store: true
  }
});

const approvalRequest = (message: string) => {

  // TODO: Implement
  return true;
}

type WorkflowInput = { input_as_text: string };


// Main code entrypoint
export const runWorkflow = async (workflow: WorkflowInput) => {
  return await withTrace("Desk", async () => {
    const state = {
      paid: 0
    };
    const conversationHistory: AgentInputItem[] = [
      { role: "user", content: [{ type: "input_text", text: workflow.input_as_text }] }
    ];
    const runner = new Runner({
      traceMetadata: {
        __trace_source__: "agent-builder",
        workflow_id: "wf_68e7d4desk"
      }
    });
    const triageResultTemp = await runner.run(
      triage,
      [
        ...conversationHistory
      ]
    );
    conversationHistory.push(...triageResultTemp.newItems.map((item) => item.rawItem));

    if (!triageResultTemp.finalOutput) {
        throw new Error("Agent result is undefined");
    }

    const triageResult = {
      output_text: JSON.stringify(triageResultTemp.finalOutput),
      output_parsed: triageResultTemp.finalOutput
    };
    if (triageResult.output_parsed.intent == "refund" && triageResult.output_parsed.amount > 100) {
      const approvalMessage = `Pay back ${triageResult.output_parsed.amount}?`;

      if (approvalRequest(approvalMessage)) {
          const approvalMessage1 = "It is more than 100. Are you allowed to?";

          if (approvalRequest(approvalMessage1)) {
              state.paid = state.paid + triageResult.output_parsed.amount;
              const endResult = {
                output_text: `Paid back so far: ${state.paid}.`
              };
              return endResult;
          } else {
              const endResult = {
                output_text: "Somebody else has to decide."
              };
              return endResult;
          }

      } else {
          const endResult = {
            output_text: "Nothing was paid back."
          };
          return endResult;
      }

    } else if (triageResult.output_parsed.intent == "refund") {
      state.paid = state.paid + (triageResult.output_parsed.amount ?? 0);
      const endResult = {
        output_text: `Paid back so far: ${state.paid}.`
      };
      return endResult;
    } else if (triageResult.output_parsed.intent == "news") {
      const reporterResultTemp = await runner.run(
        reporter,
        [
          ...conversationHistory
        ]
      );
      conversationHistory.push(...reporterResultTemp.newItems.map((item) => item.rawItem));

      if (!reporterResultTemp.finalOutput) {
          throw new Error("Agent result is undefined");
      }

      const reporterResult = {
        output_text: reporterResultTemp.finalOutput ?? ""
      };
      return reporterResult;
    } else {
      const clerkResultTemp = await runner.run(
        clerk,
        [
          ...conversationHistory
        ]
      );
      conversationHistory.push(...clerkResultTemp.newItems.map((item) => item.rawItem));

      if (!clerkResultTemp.finalOutput) {
          throw new Error("Agent result is undefined");
      }

      const clerkResult = {
        output_text: clerkResultTemp.finalOutput ?? ""
      };
      return clerkResult;
    }
  });
}
