import { Agent, AgentInputItem, Runner, withTrace } from "@openai/agents";
import { z } from "zod";


const WriterSchema = z.object({ plan: z.string(), days: z.number() });
const CriticSchema = z.object({ good: z.boolean(), remark: z.string() });
const writer = new Agent({
  name: "Writer",
  instructions: "Write a plan for the trip. Take the remarks of the critic into account.",
  model: "gpt-4.1",
  outputType: WriterSchema,
  modelSettings: {
    temperature: 1,
    topP: 1,
    maxTokens: 2048,
    store: true
  }
});

const critic = new Agent({
  name: "Critic",
  instructions: "Say whether the plan is good, and what is missing.",
  model: "o1-mini",
  outputType: CriticSchema
});

const summary = new Agent({
  name: "Summary",
  instructions: "Tell the traveller about the plan.",
  model: "gpt-4.1-mini",
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
  return await withTrace("Planner", async () => {
    const state = {
      rounds: 0,
      good: false,
      plan: null,
      trips: []
    };
    const conversationHistory: AgentInputItem[] = [
      { role: "user", content: [{ type: "input_text", text: workflow.input_as_text }] }
    ];
    const runner = new Runner({
      traceMetadata: {
        __trace_source__: "agent-builder",
        workflow_id: "wf_68e7b2planner"
      }
    });
    state.rounds = 0;
    state.good = false;
    while (!state.good && state.rounds < 3) {
      const writerResultTemp = await runner.run(
        writer,
        [
          ...conversationHistory
        ]
      );
      conversationHistory.push(...writerResultTemp.newItems.map((item) => item.rawItem));

      if (!writerResultTemp.finalOutput) {
          throw new Error("Agent result is undefined");
      }

      const writerResult = {
        output_text: JSON.stringify(writerResultTemp.finalOutput),
        output_parsed: writerResultTemp.finalOutput
      };
      const criticResultTemp = await runner.run(
        critic,
        [
          ...conversationHistory,
          {
            role: "user",
            content: [
              { type: "input_text", text: `The plan: ${writerResult.output_parsed.plan}` }
            ]
          }
        ]
      );
      conversationHistory.push(...criticResultTemp.newItems.map((item) => item.rawItem));

      if (!criticResultTemp.finalOutput) {
          throw new Error("Agent result is undefined");
      }

      const criticResult = {
        output_text: JSON.stringify(criticResultTemp.finalOutput),
        output_parsed: criticResultTemp.finalOutput
      };
      state.plan = writerResult.output_parsed.plan;
      state.good = criticResult.output_parsed.good;
      state.rounds = state.rounds + 1;
    }
    state.trips = [...state.trips, state.plan];
    const transformResult = { rounds: state.rounds, plan: state.plan, trips: state.trips.length };
    const summaryResultTemp = await runner.run(
      summary,
      [
        ...conversationHistory,
        {
          role: "user",
          content: [
            { type: "input_text", text: `Plan number ${transformResult.trips}, after ${transformResult.rounds} rounds: ${transformResult.plan}` }
          ]
        }
      ]
    );
    conversationHistory.push(...summaryResultTemp.newItems.map((item) => item.rawItem));

    if (!summaryResultTemp.finalOutput) {
        throw new Error("Agent result is undefined");
    }

    const summaryResult = {
      output_text: summaryResultTemp.finalOutput ?? ""
    };
    return summaryResult;
  });
}
