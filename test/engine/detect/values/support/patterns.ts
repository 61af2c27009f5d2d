import { PATTERNS as birthDate } from '../../../../../engine/detect/values/birth-date.ts';
import { PATTERNS as card } from '../../../../../engine/detect/values/card.ts';
import { PATTERNS as cues } from '../../../../../engine/detect/values/cues.ts';
import { PATTERNS as email } from '../../../../../engine/detect/values/email.ts';
import { PATTERNS as entropy } from '../../../../../engine/detect/values/entropy.ts';
import { PATTERNS as balticBalkan } from '../../../../../engine/detect/values/ids/baltic-balkan.ts';
import { PATTERNS as beneluxFrance } from '../../../../../engine/detect/values/ids/benelux-france.ts';
import { PATTERNS as britainIreland } from '../../../../../engine/detect/values/ids/britain-ireland.ts';
import { PATTERNS as central } from '../../../../../engine/detect/values/ids/central.ts';
import { PATTERNS as iberiaItaly } from '../../../../../engine/detect/values/ids/iberia-italy.ts';
import { PATTERNS as nordic } from '../../../../../engine/detect/values/ids/nordic.ts';
import { PATTERNS as likeliestId } from '../../../../../engine/detect/values/likeliest-id.ts';
import { PATTERNS as nationalIds } from '../../../../../engine/detect/values/national-ids.ts';
import { PATTERNS as network } from '../../../../../engine/detect/values/network.ts';
import { PATTERNS as passport } from '../../../../../engine/detect/values/passport.ts';
import { PATTERNS as phone } from '../../../../../engine/detect/values/phone.ts';
import { PATTERNS as phoneBeside } from '../../../../../engine/detect/values/phone-beside.ts';
import { PATTERNS as secretForms } from '../../../../../engine/detect/values/secret-forms.ts';
import { PATTERNS as secretSaid } from '../../../../../engine/detect/values/secret-said.ts';
import { PATTERNS as secretUsage } from '../../../../../engine/detect/values/secret-usage.ts';
import { PATTERNS as secrets } from '../../../../../engine/detect/values/secrets.ts';
import { PATTERNS as vat } from '../../../../../engine/detect/values/vat.ts';
import { PATTERNS as vatRules } from '../../../../../engine/detect/values/vat-rules.ts';

/** The patterns of each file of the detectors of values, for the checks on them. */
export const patternsByFile = new Map<string, readonly RegExp[]>([
  ['birth-date.ts', birthDate],
  ['card.ts', card],
  ['cues.ts', cues],
  ['email.ts', email],
  ['entropy.ts', entropy],
  ['ids/baltic-balkan.ts', balticBalkan],
  ['ids/benelux-france.ts', beneluxFrance],
  ['ids/britain-ireland.ts', britainIreland],
  ['ids/central.ts', central],
  ['ids/iberia-italy.ts', iberiaItaly],
  ['ids/nordic.ts', nordic],
  ['likeliest-id.ts', likeliestId],
  ['national-ids.ts', nationalIds],
  ['network.ts', network],
  ['passport.ts', passport],
  ['phone-beside.ts', phoneBeside],
  ['phone.ts', phone],
  ['secret-forms.ts', secretForms],
  ['secret-said.ts', secretSaid],
  ['secret-usage.ts', secretUsage],
  ['secrets.ts', secrets],
  ['vat-rules.ts', vatRules],
  ['vat.ts', vat],
]);
