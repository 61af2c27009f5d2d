/** The kinds of value that are found. National ids are named by the country and the usual short name of the id. */
export type DetectedType =
  | 'ADDRESS'
  | 'AT_SVNR'
  | 'BE_NRN'
  | 'BG_EGN'
  | 'CH_AHV'
  | 'CREDIT_CARD'
  | 'CY_TIC'
  | 'CZ_RC'
  | 'DATE_OF_BIRTH'
  | 'DE_STEUERID'
  | 'DK_CPR'
  | 'EE_IK'
  | 'EMAIL'
  | 'ES_DNI'
  | 'ES_NIE'
  | 'FI_HETU'
  | 'FR_NIR'
  | 'GR_AMKA'
  | 'HR_OIB'
  | 'HU_SZEMELYI'
  | 'HU_TAJ'
  | 'IBAN'
  | 'IE_PPS'
  | 'IP_ADDRESS'
  | 'IT_CF'
  | 'LT_AK'
  | 'LU_NIN'
  | 'LV_PK'
  | 'MAC'
  | 'MT_ID'
  | 'NL_BSN'
  | 'NO_FNR'
  | 'PASSPORT'
  | 'PERSON'
  | 'PHONE'
  | 'PL_PESEL'
  | 'PT_NIF'
  | 'RO_CNP'
  | 'SECRET'
  | 'SE_PNR'
  | 'SI_EMSO'
  | 'SK_RC'
  | 'UK_NHS'
  | 'UK_NINO'
  | 'VAT_EU';

/** A value found in a text: offsets in UTF-16 code units of the text. */
export interface Found {
  start: number;
  end: number;
  type: DetectedType;
  /** Which detector found it, as it is shown to whoever asks why. */
  detector: string;
  /** 0..1: how sure the detector is. A checksum or a cue raises it. */
  confidence: number;
}

/** What is known around a text: the field's name and those above it, the document's country or locale hints. */
export interface Context {
  /** The name of the member (or column) whose value the text is. */
  field?: string;
  /** The names above it, the outermost first. */
  path?: readonly string[];
  /** ISO 3166-1 alpha-2 codes in upper case, the likeliest first. */
  regions: readonly string[];
}

/** Finds values in a text. Pure: the same text and context give the same values, in any order. */
export type Detector = (text: string, context: Context) => Found[];
