/** A kind of secret: the text that always stands in it, and the form of all of it from there. */
export interface SecretForm {
  name: string;
  /** Beginnings, in the letters they are issued in. */
  starts: readonly string[];
  /** Matched where a beginning stands. */
  form: RegExp;
}

/** Secrets that are known by how they begin. Forms are sticky and bounded, or one class of characters to its end. */
export const secretForms: readonly SecretForm[] = [
  { name: 'jwt', starts: ['eyJ'], form: /eyJ[\w-]{10,}\.[\w-]{4,}(?:\.[\w-]*){1,3}/y },
  { name: 'aws', starts: ['AKIA', 'ASIA', 'ABIA', 'ACCA'], form: /A[KSBC][IC]A[A-Z2-7\d]{16}/y },
  { name: 'gcp', starts: ['AIza'], form: /AIza[\w-]{35}/y },
  { name: 'gcp-oauth', starts: ['ya29.', 'GOCSPX-', '1//0'], form: /(?:ya29\.|GOCSPX-|1\/\/0)[\w-]{20,}/y },
  { name: 'github', starts: ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'], form: /gh[pousr]_[A-Za-z\d]{36,255}/y },
  { name: 'github-fine', starts: ['github_pat_'], form: /github_pat_\w{40,255}/y },
  { name: 'gitlab', starts: ['glpat-', 'gldt-', 'glrt-', 'glptt-', 'glcbt-'], form: /gl[a-z]{2,4}-[\w-]{20,}/y },
  {
    name: 'slack',
    starts: ['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-', 'xoxe-', 'xoxe.', 'xapp-'],
    form: /(?:xox[bparse]|xapp)[-.][\w.-]{10,}/y,
  },
  {
    name: 'stripe',
    starts: ['sk_live_', 'sk_test_', 'rk_live_', 'rk_test_', 'whsec_'],
    form: /(?:[sr]k_(?:live|test)|whsec)_[A-Za-z\d+/=]{16,}/y,
  },
  { name: 'anthropic', starts: ['sk-ant-'], form: /sk-ant-[\w-]{20,}/y },
  { name: 'openai', starts: ['sk-'], form: /sk-(?:proj-|svcacct-|admin-)?[\w-]{20,}/y },
  { name: 'sendgrid', starts: ['SG.'], form: /SG\.[\w-]{16,32}\.[\w-]{16,64}/y },
  { name: 'npm', starts: ['npm_'], form: /npm_[A-Za-z\d]{36}/y },
  { name: 'pypi', starts: ['pypi-AgE'], form: /pypi-AgE[\w-]{50,}/y },
  { name: 'huggingface', starts: ['hf_'], form: /hf_[A-Za-z\d]{30,}/y },
  { name: 'digitalocean', starts: ['dop_v1_', 'doo_v1_', 'dor_v1_'], form: /do[por]_v1_[a-f\d]{64}/y },
  { name: 'shopify', starts: ['shpat_', 'shpca_', 'shppa_', 'shpss_'], form: /shp(?:at|ca|pa|ss)_[a-fA-F\d]{32}/y },
  { name: 'databricks', starts: ['dapi'], form: /dapi[a-f\d]{32}(?:-\d)?/y },
  { name: 'hashicorp', starts: ['hvs.', 'hvb.', 'hvr.'], form: /hv[sbr]\.[\w-]{20,}/y },
  { name: 'mailgun', starts: ['key-'], form: /key-[a-f\d]{32}(?![\w-])/y },
  { name: 'square', starts: ['EAAA', 'sq0atp-', 'sq0csp-'], form: /(?:EAAA|sq0[ac][ts]p-)[\w-]{22,}/y },
  { name: 'doppler', starts: ['dp.pt.', 'dp.st.', 'dp.ct.', 'dp.sa.'], form: /dp\.[a-z]{2}\.[\w.-]{20,}/y },
  { name: 'linear', starts: ['lin_api_', 'lin_oauth_'], form: /lin_(?:api|oauth)_[A-Za-z\d]{32,}/y },
  { name: 'notion', starts: ['ntn_', 'secret_'], form: /(?:ntn|secret)_[A-Za-z\d]{40,}/y },
  { name: 'grafana', starts: ['glsa_', 'glc_'], form: /gl(?:sa|c)_[A-Za-z\d+/=]{32,}(?:_[a-fA-F\d]{8})?/y },
  { name: 'new-relic', starts: ['NRAK-', 'NRJS-', 'NRII-'], form: /NR(?:AK|JS|II)-[A-Za-z\d-]{19,}/y },
  { name: 'postman', starts: ['PMAK-'], form: /PMAK-[a-f\d]{24}-[a-f\d]{34}/y },
  { name: 'docker', starts: ['dckr_pat_', 'dckr_oat_'], form: /dckr_[po]at_[\w-]{20,}/y },
  { name: 'atlassian', starts: ['ATATT3', 'ATCTT3'], form: /AT[AC]TT3[\w=-]{40,}/y },
  { name: 'facebook', starts: ['EAACEdEose0cBA'], form: /EAACEdEose0cBA[A-Za-z\d]{10,}/y },
  { name: 'airtable', starts: ['pat'], form: /pat[A-Za-z\d]{14}\.[a-f\d]{64}/y },
  {
    name: 'webhook',
    starts: ['https://hooks.slack.com/', 'https://discord.com/api/webhooks/', 'https://discordapp.com/api/webhooks/'],
    form: /https:\/\/[a-z.]{8,20}\/(?:services|workflows|triggers|api\/webhooks)\/[\w/-]{20,}/y,
  },
  { name: 'age', starts: ['AGE-SECRET-KEY-1'], form: /AGE-SECRET-KEY-1[A-Z\d]{58}/y },
  {
    name: 'azure-devops',
    starts: ['AccountKey=', 'SharedAccessKey='],
    form: /(?:Account|SharedAccess)Key=[A-Za-z\d+/]{20,200}={0,2}/y,
  },
  { name: 'sas', starts: ['sig='], form: /sig=[A-Za-z\d%+/]{30,200}={0,2}/y },
];

/** Names of what is secret, before a `:` or `=`; longer names may end in them. */
export const SECRET_NAME =
  /(?:pass(?:word|wd|phrase|wort|w[oö]rter|code|ord)|pass(?!\p{L})|kennwort|contraseñ|contrasen|mot(?:s)? de passe|mdp|wachtwoord|hasł[oa]|haslo|lösenord|losenord|adgangskode|kodeord|salasana|senha|palavra[- ]passe|heslo|geslo|jelszó|lozinka|zaporka|slaptažod|parool|parolă|pwd|pw(?![\p{L}\d])|pin[ _-]?code|secret|token|api[_ -]?key|apikey|access[_ -]?key|private[_ -]?key|signing[_ -]?key|encryption[_ -]?key|auth[_ -]?key|account[_ -]?key|(?:storage|master|shared|service|deploy|session|webhook|hmac|ssh|gpg|licen[cs]e)[_ -]key|credentials?|(?:clave|kode[nt]?|zugangs(?:daten|code)|logins?|credenciales|identifiants)(?!\p{L}))/giu;

/** Patterns of this file, for the check on backtracking. */
export const PATTERNS = [...secretForms.map((secret) => secret.form), SECRET_NAME];
