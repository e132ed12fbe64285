import { fileSearchTool, Agent, AgentInputItem, Runner, withTrace } from "@openai/agents";
import { OpenAI } from "openai";
import { runGuardrails } from "@openai/guardrails";
import { z } from "zod";


// Tool definitions
const fileSearch = fileSearchTool([
  "vs_68e6f2c0d4a481918a1f3c9a7b2f0a51"
])

// Shared client for guardrails and file search
const client = new OpenAI({ apiKey: process.env.OPENAI_API_KEY });

// Guardrails definitions
const guardrailsConfig = {
  guardrails: [
    { name: "Contains PII", config: { block: false, entities: ["CREDIT_CARD", "EMAIL_ADDRESS", "US_SSN"] } },
    { name: "URL Filter", config: { url_allow_list: ["shop.example.com"], allowed_schemes: ["https"], block_userinfo: true, allow_subdomains: false } }
  ]
};
const context = { guardrailLlm: client };

function guardrailsHasTripwire(results: any[]): boolean {
    return (results ?? []).some((r) => r?.tripwireTriggered === true);
}

function getGuardrailSafeText(results: any[], fallbackText: string): string {
    for (const r of results ?? []) {
        if (r?.info && ("checked_text" in r.info)) {
            return r.info.checked_text ?? fallbackText;
        }
    }
    const pii = (results ?? []).find((r) => r?.info && "anonymized_text" in r.info);
    return pii?.info?.anonymized_text ?? fallbackText;
}

async function scrubConversationHistory(history: any[], piiOnly: any): Promise<void> {
    for (const msg of history ?? []) {
        const content = Array.isArray(msg?.content) ? msg.content : [];
        for (const part of content) {
            if (part && typeof part === "object" && part.type === "input_text" && typeof part.text === "string") {
                const res = await runGuardrails(part.text, piiOnly, context, true);
                part.text = getGuardrailSafeText(res, part.text);
            }
        }
    }
}

async function scrubWorkflowInput(workflow: any, inputKey: string, piiOnly: any): Promise<void> {
    if (!workflow || typeof workflow !== "object") return;
    const value = workflow?.[inputKey];
    if (typeof value !== "string") return;
    const res = await runGuardrails(value, piiOnly, context, true);
    workflow[inputKey] = getGuardrailSafeText(res, value);
}

async function runAndApplyGuardrails(inputText: string, config: any, history: any[], workflow: any) {
    const guardrails = Array.isArray(config?.guardrails) ? config.guardrails : [];
    const results = await runGuardrails(inputText, config, context, true);
    const shouldMaskPII = guardrails.find((g: any) => (g?.name === "Contains PII") && g?.config && g.config.block === false);
    if (shouldMaskPII) {
        const piiOnly = { guardrails: [shouldMaskPII] };
        await scrubConversationHistory(history, piiOnly);
        await scrubWorkflowInput(workflow, "input_as_text", piiOnly);
    }
    const hasTripwire = guardrailsHasTripwire(results);
    const safeText = getGuardrailSafeText(results, inputText) ?? inputText;
    return { results, hasTripwire, safeText, failOutput: buildGuardrailFailOutput(results ?? []), passOutput: { safe_text: safeText } };
}

function buildGuardrailFailOutput(results: any[]) {
    const get = (name: string) => (results ?? []).find((r: any) => ((r?.info?.guardrail_name ?? r?.info?.guardrailName) === name));
    const pii = get("Contains PII"), url = get("URL Filter"), piiCounts = Object.entries(pii?.info?.detected_entities ?? {}).filter(([, v]) => Array.isArray(v)).map(([k, v]) => k + ":" + (v as any[]).length);
    return {
        pii: { failed: pii?.tripwireTriggered === true, detected_counts: piiCounts },
        url_filter: { failed: url?.tripwireTriggered === true, blocked: url?.info?.blocked },
    };
}

const ClassifySchema = z.object({ category: z.enum(["return_item", "question", "other"]) });
const classify = new Agent({
  name: "Classify",
  instructions: `Classify the person's intent.

1. return_item: wants to send something back
2. question: asks about the return policy
3. other`,
  model: "gpt-4.1-mini",
  outputType: ClassifySchema,
  modelSettings: {
    temperature: 0
  }
});

const policyExpert = new Agent({
  name: "Policy expert",
  instructions: "Answer questions about returns from the files.",
  model: "gpt-5",
  tools: [
    fileSearch
  ],
  modelSettings: {
    reasoning: {
      effort: "low",
      summary: "auto"
    },
    store: true
  }
});

const refund = new Agent({
  name: "Refund",
  instructions: "Tell the person that the refund is on its way.",
  model: "gpt-4.1",
  modelSettings: {
    temperature: 1,
    topP: 1,
    maxTokens: 2048,
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
  return await withTrace("Returns", async () => {
    const state = {
      refunds: 0
    };
    const conversationHistory: AgentInputItem[] = [
      { role: "user", content: [{ type: "input_text", text: workflow.input_as_text }] }
    ];
    const runner = new Runner({
      traceMetadata: {
        __trace_source__: "agent-builder",
        workflow_id: "wf_68e6f2returns"
      }
    });
    const guardrailsInputText = workflow.input_as_text;
    const { hasTripwire: guardrailsHasTripwire, safeText: guardrailsAnonymizedText, failOutput: guardrailsFailOutput, passOutput: guardrailsPassOutput } = await runAndApplyGuardrails(guardrailsInputText, guardrailsConfig, conversationHistory, workflow);
    const guardrailsOutput = (guardrailsHasTripwire ? guardrailsFailOutput : guardrailsPassOutput);
    if (guardrailsHasTripwire) {
      return guardrailsOutput;
    } else {
      const classifyResultTemp = await runner.run(
        classify,
        [
          ...conversationHistory
        ]
      );
      conversationHistory.push(...classifyResultTemp.newItems.map((item) => item.rawItem));

      if (!classifyResultTemp.finalOutput) {
          throw new Error("Agent result is undefined");
      }

      const classifyResult = {
        output_text: JSON.stringify(classifyResultTemp.finalOutput),
        output_parsed: classifyResultTemp.finalOutput
      };
      if (classifyResult.output_parsed.category == "return_item") {
        const approvalMessage = `Refund the order? (${state.refunds} so far)`;

        if (approvalRequest(approvalMessage)) {
            state.refunds = state.refunds + 1;
            const refundResultTemp = await runner.run(
              refund,
              [
                ...conversationHistory
              ]
            );
            conversationHistory.push(...refundResultTemp.newItems.map((item) => item.rawItem));

            if (!refundResultTemp.finalOutput) {
                throw new Error("Agent result is undefined");
            }

            const refundResult = {
              output_text: refundResultTemp.finalOutput ?? ""
            };
            return refundResult;
        } else {
            const endResult = {
              output_text: "Nothing was refunded."
            };
            return endResult;
        }

      } else if (classifyResult.output_parsed.category == "question") {
        const policyExpertResultTemp = await runner.run(
          policyExpert,
          [
            ...conversationHistory
          ]
        );
        conversationHistory.push(...policyExpertResultTemp.newItems.map((item) => item.rawItem));

        if (!policyExpertResultTemp.finalOutput) {
            throw new Error("Agent result is undefined");
        }

        const policyExpertResult = {
          output_text: policyExpertResultTemp.finalOutput ?? ""
        };
        return policyExpertResult;
      } else {
        const endResult = {
          output_text: "I only deal with returns."
        };
        return endResult;
      }
    }
  });
}
