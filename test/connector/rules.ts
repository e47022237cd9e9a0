import type { Swagger } from './document.ts';
import { infoRules } from './rules/info.ts';
import { operationRules } from './rules/operations.ts';
import { parameterRules } from './rules/parameters.ts';
import { pathRules } from './rules/paths.ts';
import { schemaRules } from './rules/schemas.ts';

/** Names every place where a rule is broken. */
export type Rule = (document: Swagger) => string[];

/**
 * What Logic Apps, Power Automate and the certification of connectors ask of a definition, each rule by its sentence.
 * Source: Microsoft's pages on custom connectors (coding standards, OpenAPI extensions, limits)
 */
export const rules: Readonly<Record<string, Rule>> = {
  ...infoRules,
  ...operationRules,
  ...pathRules,
  ...parameterRules,
  ...schemaRules,
};

/** Every finding as "rule: place"; none for a definition that is as it should be. */
export const rulesBroken = (document: object): string[] =>
  Object.entries(rules).flatMap(([rule, check]) => check(document as Swagger).map((place) => `${rule}: ${place}`));
