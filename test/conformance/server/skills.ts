import { memorySkillFiles, type SkillCatalog, SkillsExtension } from '@modelcontextprotocol/server/ext/skills';

const skill = `---
name: greeting
description: How to greet somebody
---

# Greeting

Say hello. [The guide](references/GUIDE.md) has more.
`;

/** The skills of the fixture server (SEP-2640): one, with a folder in it. */
export function loadSkills(): Promise<SkillCatalog> {
  const files = { 'greeting/SKILL.md': skill, 'greeting/references/GUIDE.md': '# Guide\n\nSmile.\n' };
  return SkillsExtension.load(memorySkillFiles(files), { strict: true });
}
