import { hostedMcpTool, Agent, AgentInputItem, Runner, withTrace } from "@openai/agents";
import { z } from "zod";


// Tool definitions
const mcp = hostedMcpTool({
  serverLabel: "weather",
  allowedTools: [
    "echo",
    "get-structured-content"
  ],
  requireApproval: "never",
  serverUrl: "http://127.0.0.1:3001/mcp"
})
const mcp1 = hostedMcpTool({
  serverLabel: "alerts",
  allowedTools: [
    "get-sum"
  ],
  requireApproval: "always",
  serverUrl: "http://127.0.0.1:3001/mcp"
})
const ForecastSchema = z.object({
  type: z.literal("Card"),
  children: z.array(z.object({ type: z.literal("Text"), value: z.string() }))
});
const forecaster = new Agent({
  name: "Forecaster",
  instructions: "Tell what the weather is like. Use the tools.",
  model: "gpt-5",
  tools: [
    mcp,
    mcp1
  ],
  modelSettings: {
    reasoning: {
      effort: "minimal",
      summary: "auto"
    },
    store: true
  }
});

const painter = new Agent({
  name: "Painter",
  instructions: "Show the weather as a card.",
  model: "gpt-4.1-mini",
  outputType: ForecastSchema,
  modelSettings: {
    temperature: 1,
    topP: 1,
    maxTokens: 2048,
    store: true
  }
});

type WorkflowInput = { input_as_text: string };


// Main code entrypoint
export const runWorkflow = async (workflow: WorkflowInput) => {
  return await withTrace("Weather", async () => {
    const state = {

    };
    const conversationHistory: AgentInputItem[] = [
      { role: "user", content: [{ type: "input_text", text: workflow.input_as_text }] }
    ];
    const runner = new Runner({
      traceMetadata: {
        __trace_source__: "agent-builder",
        workflow_id: "wf_68e7c3weather"
      }
    });
    const forecasterResultTemp = await runner.run(
      forecaster,
      [
        ...conversationHistory
      ]
    );
    conversationHistory.push(...forecasterResultTemp.newItems.map((item) => item.rawItem));

    if (!forecasterResultTemp.finalOutput) {
        throw new Error("Agent result is undefined");
    }

    const forecasterResult = {
      output_text: forecasterResultTemp.finalOutput ?? ""
    };
    const painterResultTemp = await runner.run(
      painter,
      [
        ...conversationHistory
      ]
    );
    conversationHistory.push(...painterResultTemp.newItems.map((item) => item.rawItem));

    if (!painterResultTemp.finalOutput) {
        throw new Error("Agent result is undefined");
    }

    const painterResult = {
      output_text: JSON.stringify(painterResultTemp.finalOutput),
      output_parsed: painterResultTemp.finalOutput
    };
    return painterResult;
  });
}
