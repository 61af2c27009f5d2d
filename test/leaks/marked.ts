/** Values of an invented person that no client may read, by any reading of what it gets. */
export const marked = {
  name: 'Ilka Vondracek',
  email: 'ilka.vondracek@example.org',
  phone: '+49 170 5550143',
  iban: 'DE89 3704 0044 0532 0130 00',
  card: '4111 1111 1111 1111',
  id: '44051401359',
  secret: 'ghp_7Qm2XvK9sLw4ZrT1yNb8HcJd5FgPa3UeRiOx',
  address: 'Lindenallee 14, 10969 Berlin',
} as const;

export type Kind = keyof typeof marked;

/** Those that detectors know by their own form, wherever they stand. */
export const byForm = ['email', 'iban', 'card', 'secret'] as const;

/** The person as a record: by its names of fields the other values are known, and then found wherever they recur. */
export const customer = {
  name: marked.name,
  email: marked.email,
  phone: marked.phone,
  iban: marked.iban,
  card_number: marked.card,
  pesel: marked.id,
  api_key: marked.secret,
  address: marked.address,
};

/** A part of every message that is nobody's data, and has to arrive. */
export const harmless = 'ticket seventeen';
