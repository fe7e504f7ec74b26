// The API's events, answers and bodies. Written by `make types` from the server's own shapes: don't edit it by hand.

/** What a piece of a message does. */
export interface Act {
  act: "content" | "correction" | "withdrawal" | "yes" | "no" | "question" | "request" | "refusal" | "feeling" | "chatter" | "crisis" | "other_language";
  /**
   * Which question (`process`, `term`, `company`), request (`example`, `write`, `skip`, `delete`, `rename`, `finish`,
   * `keep`) or chatter (`unsure`, `reminder`, `meant`) it is, and `possible` of a crisis that may be none; absent where an act
   * has no kinds.
   */
  about?: string;
  /** Its place in the message: [start, end). */
  span: unknown[];
}

/** An audited action; the address is masked. */
export interface AuditEntry {
  id: string;
  tenant_id: string | null;
  session_id: string | null;
  actor: string;
  action: string;
  resource_type: string;
  resource_id: string | null;
  payload: Record<string, unknown>;
  changes: Record<string, unknown>;
  status: string;
  ip_address: "***" | null;
  user_agent: string | null;
  created_at: WireTime;
}

/** `GET /api/admin/audit-logs`. */
export interface AuditPage {
  logs: AuditEntry[];
  total: number;
  page: number;
  per_page: number;
}

/** How many goals scored from one point to the next. */
export interface Bin {
  from: number;
  to: number;
  goals: number;
}

/** Somebody cancelled the job; always last. */
export interface CancelledEvent {
  event: "cancelled";
  data: Job;
}

/** `POST /api/chat/{phase}/stream`. `context` is accepted and ignored. */
export interface ChatTurn {
  message?: string;
  step?: "collect" | "refine";
  turn_id?: string | null;
  strike?: string[];
  confirm?: boolean;
  keep?: boolean;
  session_id: string;
  context?: Record<string, unknown> | null;
}

/** The coach has answered, with what it leaned on. */
export interface CollectComplete {
  phase: GoalPhase;
  full_response: string;
  chunks: number;
  tokens_used: Usage;
  latency_ms: number;
  timestamp: WireTime;
  step: "collect";
  sources: Source[];
}

/** `GET /api/tenant`. */
export interface Company {
  name: string;
  ui_flags: Record<string, boolean>;
  threshold: number;
  session_expiration_days: number;
  /** Whether a session that begins now may be read by the company's admins. */
  admins_may_read: boolean;
  /** `rules`, or the language model that gets to read what is written. */
  coach: string;
  /** `local`, or the model that gets to read it so that documents can be searched; null where none are. */
  embeddings: string | null;
  phases: CompanyPhase[];
}

/** What a phase asks for. */
export interface CompanyPhase {
  phase: GoalPhase;
  type: "future" | "values" | "actions";
  /** Most characters of its goal. */
  limit: number;
  horizon_months: number | null;
  question: string;
  rubric: RubricLine[];
}

/** One sample goal under the current configuration and under the draft. */
export interface Compared {
  phase: string;
  content: string;
  current: Scorecard;
  draft: Scorecard;
  /** How much higher the draft scores it. */
  change: number;
}

/** Every sample goal, in the order it was sent. */
export interface Comparison {
  goals: Compared[];
}

/** A step has said all it has to say. */
export type Complete = CollectComplete | RefineComplete | ScoreComplete;

/** Once per step that speaks. */
export interface CompleteEvent {
  event: "complete";
  data: Complete;
}

/** `GET` and `PUT /api/admin/config/{tenant_id}`; send it back without `version`, and the version as `If-Match`. */
export interface Config {
  prompts_json: Record<string, string>;
  scoring_rubric_json: Partial<Record<Phase, Record<string, Criterion>>>;
  phases_json: Partial<Record<Phase, PhaseSettings>>;
  threshold: number;
  ui_flags_json: Record<string, boolean>;
  rag_enabled: boolean;
  session_expiration_days: number;
  llm_model: string | null;
  version: number;
}

/** What holds where a configuration says nothing: a start for a company's own. */
export interface ConfigDefaults {
  scoring_rubric_json: Record<string, unknown>;
  phases_json: Record<string, unknown>;
  prompts: string[];
}

/** Newest first; the first one is the current one. */
export interface ConfigVersions {
  versions: ListedVersion[];
}

/** The goal waits for the employee's word: send a turn with step `refine` and `confirm`, or with an edited message. */
export interface Confirm {
  content: string;
  proposals: Proposal[];
}

/** Only where the company asks its employees to confirm a goal before it is judged; `end` follows. */
export interface ConfirmEvent {
  event: "confirm";
  data: Confirm;
}

/** `POST /api/session/create`; may be empty. */
export interface CreateSession {
  metadata?: Record<string, string | number | boolean | null>;
  told_admins_may_read?: boolean;
  confirm_goals?: boolean | null;
  language?: string | null;
}

/** `admin_key` is shown this once. */
export interface CreatedKey {
  id: string;
  email: string;
  admin_key: string;
}

/** `POST /api/session/create`; the cookie `resume_token` carries the same token. */
export interface CreatedSession {
  session_id: string;
  resume_token: string;
  expires_at: WireTime;
  status: "active";
}

/** How the final goals of a window did, phase by phase. */
export interface Criteria {
  from: string;
  to: string;
  phases: PhaseScores[];
}

/** One line of a rubric. */
export interface Criterion {
  /** How much of the score it is; the weights of a rubric add up to 100. */
  weight: number;
  /** What it asks for, in one sentence that employees read too. */
  description: string;
  /** Words that count as evidence for a criterion of the tenant's own, or for alignment without documents. */
  keywords?: string[];
  /** What stands in a goal's text at the scores 0, 2, 4, 6, 8 and 10: all six, or none at all. */
  levels?: Record<string, string> | null;
  /** The text of a goal that holds the criterion. */
  example?: string | null;
}

/** How a phase's final goals did by one criterion. */
export interface CriterionAverage {
  name: string;
  goals: number;
  avg_score: number | null;
  too_few: boolean;
}

/** One criterion of a scorecard. `weighted_score` = score x weight / 10. */
export interface CriterionScore {
  name: string;
  score: number;
  weight: number;
  weighted_score: number;
  reasoning: string;
  evidence: string;
  /** Whether the goal's writer can do anything about it; absent in scores of earlier versions. */
  mendable?: boolean;
}

/** The sessions that began on one day. */
export interface Day {
  date: string;
  total: number;
  active: number | null;
  completed: number | null;
  abandoned: number | null;
  too_few: boolean;
}

/** A company document. */
export interface Document {
  id: string;
  filename: string;
  title: string;
  version: string | null;
  department: string | null;
  category: string;
  pages: number | null;
  chunks: number;
  uploaded_by: string;
  created_at: WireTime;
  updated_at: WireTime;
}

/** `DELETE /api/admin/documents/{tenant_id}/{document_id}`. */
export interface DocumentDeleted {
  success: true;
  message: string;
  chunks_deleted: number;
}

/** A passage of a document. */
export interface DocumentPassage {
  content: string;
  title: string;
  heading: string;
  page: number | null;
  position: number;
}

/** `GET /api/admin/documents/{tenant_id}/{document_id}/passages`, in order. */
export interface DocumentPassages {
  passages: DocumentPassage[];
  total: number;
}

/** `GET /api/admin/documents/{tenant_id}`, newest first. */
export interface Documents {
  documents: Document[];
  total: number;
}

/** The document is there; always last. */
export interface DoneEvent {
  event: "done";
  data: Job;
}

/** A refined goal before it is scored. */
export interface Draft {
  text: string;
  proposals: Proposal[];
  sources: Source[];
  /** What the employee should know of how it was refined, for example that their own text was kept. Often empty. */
  note: string;
}

/** `PATCH /api/session/{id}/facts/{fact_id}`. */
export interface EditFact {
  text: string;
}

/** The turn went well. */
export interface End {
  turn_id: string;
  status: "done" | "awaiting_confirmation";
}

/** Always last on success. */
export interface EndEvent {
  event: "end";
  data: End;
}

/** `POST /api/admin/erase`: an employee by their code, or a company by its id with its slug to confirm. */
export interface Erase {
  employee_code?: string | null;
  tenant_id?: string | null;
  confirm?: string | null;
}

/** `DELETE /api/session/{id}` and `POST /api/admin/erase`. */
export interface Erased {
  success: true;
  message: string;
  /** Rows by table. */
  erased: Record<string, number>;
}

/** Every answer that isn't 2xx; the header `X-Correlation-ID` names the request. */
export interface ErrorAnswer {
  detail: HttpError;
}

/** What went wrong and what to do. */
export interface ErrorBody {
  code: string;
  /** For the person in front of the screen. */
  message: string;
  /** Whether doing the same again may go well. */
  recoverable: boolean;
  /** With PHASE_MISMATCH: where the session stands. */
  current?: Place;
}

/** Always last on failure. */
export interface ErrorEvent {
  event: "error";
  data: Failure;
}

/** One thing said. A fact inside another's place is a detail of it: replacing it changes what the other says. */
export interface Fact {
  id: string;
  phase: string;
  kind: "role" | "deliverable" | "amount" | "date" | "frequency" | "value" | "reason";
  /** What it says; for a correction what it puts in the place of the fact it replaces. */
  text: string;
  message_id: string;
  start: number;
  /** Its place in the message: [start, end). */
  end: number;
  state: "holds" | "replaced" | "withdrawn";
  replaced_by: string | null;
}

/** `GET /api/session/{id}/facts`, and `PATCH` of one of them. */
export interface Facts {
  facts: Fact[];
}

/** Why a stream failed. */
export interface Failure {
  error: ErrorBody;
}

/** A passage that the coach would see. */
export interface FoundPassage {
  content: string;
  document: string;
  document_id: string;
  page: number | null;
  category: string;
  /** 0 to 1. */
  relevance: number;
  heading: string;
  version: string | null;
}

/** How far the sessions of a window came. */
export interface Funnel {
  from: string;
  to: string;
  steps: FunnelStep[];
  too_few: boolean;
  time_to_finish_minutes: TimeToFinish;
}

/** How many sessions came that far; `share` of those that began, 0-1. */
export interface FunnelStep {
  step: string;
  phase: string | null;
  sessions: number | null;
  share: number | null;
}

/** A goal, or an earlier version of one. */
export interface Goal {
  id: string;
  type: "future" | "values" | "actions";
  phase: GoalPhase;
  content: string;
  score: number;
  /** False for a version that another one replaced. */
  is_final: boolean;
  /** Whether the employee kept it although it scored too low. */
  below_threshold: boolean;
  version: number;
  supersedes: string | null;
  score_details: Scorecard;
  proposals: Proposal[];
  sources: Source[];
  created_at: WireTime;
  links: GoalLink[];
}

/** How an action plan serves another goal. */
export interface GoalLink {
  parent_goal_id: string;
  link_type: "contributes_to" | "aligns_with";
  strength: number;
  notes: string;
}

/** Whose goals they are. */
export interface GoalOwner {
  code: string | null;
  department: string | null;
  position: string | null;
  grade: string | null;
  name: string | null;
}

/** A phase that ends in a goal. */
export type GoalPhase = "g4_future" | "g6_values" | "g8_actions";

/** `GET /api/goals/session/{id}`, oldest first. */
export interface Goals {
  session_id: string;
  employee: GoalOwner;
  goals: Goal[];
  total: number;
  /** Phases that hold a goal. */
  completed: number;
  summary: GoalsSummary;
  timestamp: WireTime;
}

/** The final goals together. */
export interface GoalsSummary {
  avg_score: number;
  duration_minutes: number;
  message_count: number;
  phases_completed: GoalPhase[];
}

/** What `invoke` of the LangServe route answers: a whole turn. */
export interface GraphAnswer {
  turn_id: string;
  events: TurnEvent[];
}

/** Input of the LangServe routes; the session comes from the credential, the phase defaults to the current one. */
export interface GraphTurn {
  message?: string;
  step?: "collect" | "refine";
  turn_id?: string | null;
  strike?: string[];
  confirm?: boolean;
  keep?: boolean;
  phase?: Phase | null;
}

/** `GET /api/health`. */
export interface Health {
  status: "healthy" | "unhealthy";
  version: string;
  timestamp: WireTime;
  services: Services;
}

/** A line of the conversation. */
export interface HistoryMessage {
  id: string;
  turn_id: string;
  role: "user" | "assistant";
  content: string;
  phase: Phase;
  step: Step;
  sources: Source[];
  /** Whether it is for the employee's eyes only; such a message can be erased alone. */
  withheld: boolean;
  created_at: WireTime;
}

/** What went wrong and what to do. */
export interface HttpError {
  /** A code that stays, for example TURN_IN_PROGRESS. */
  error: string;
  /** For the person in front of the screen. */
  message: string;
  /** Whether doing the same again may go well. */
  recoverable: boolean;
  /** With PHASE_MISMATCH: where the session stands. */
  current?: Place;
}

/** What LangServe puts around the answer of `invoke`. */
export interface Invoked {
  output: GraphAnswer;
  metadata: Record<string, unknown>;
}

/** How far an uploaded file is. What isn't known yet is null. */
export interface Job {
  job_id: string;
  tenant_id: string;
  status: "queued" | "running" | "done" | "failed" | "cancelled";
  filename: string;
  category: string;
  document_id: string | null;
  chunks_created: number | null;
  pages_read: number;
  pages: number | null;
  passages_done: number;
  passages: number | null;
  embeddings_per_second: number | null;
  remaining_seconds: number | null;
  error: JobError | null;
  created_at: WireTime;
  started_at: WireTime | null;
  finished_at: WireTime | null;
}

/** `DELETE /api/admin/jobs/{id}`. */
export interface JobCancelled {
  job_id: string;
  status: "cancelled";
}

/** Why a job failed: what the API says, and with which HTTP status. */
export interface JobError {
  error: string;
  message: string;
  recoverable: boolean;
  status: number;
}

/** One event of an upload job's stream. */
export type JobEvent = ProgressEvent | DoneEvent | CancelledEvent | ErrorEvent;

/** `GET /api/admin/jobs`: the uploads in hand, and those that ended within the last 24 hours. */
export interface Jobs {
  jobs: Job[];
}

/** A JSON Schema. */
export type JsonSchema = Record<string, unknown>;

/** Whose key it is. `tenant_id` null is a system key; `current` is the one that this request came with. */
export interface Key {
  id: string;
  tenant_id: string | null;
  email: string;
  created_at: string;
  revoked_at: string | null;
  current: boolean;
}

/** Oldest first, revoked ones included. */
export interface Keys {
  keys: Key[];
}

/** A session of this browser. */
export interface ListedSession {
  id: string;
  status: "active" | "completed" | "abandoned";
  name: string | null;
  completion_percentage: number;
  phase: Phase;
  step: Step;
  created_at: WireTime;
  expires_at: WireTime;
  expired: boolean;
}

/** A company that an admin sees. */
export interface ListedTenant {
  id: string;
  slug: string;
  name: string;
  domain: string;
  status: "active" | "inactive";
  created_at: WireTime;
}

/** The configuration as it was. */
export interface ListedVersion {
  version: number;
  changed_by: string | null;
  created_at: string;
  config: Record<string, unknown>;
  fields_updated: string[];
}

/** A link that works until then. */
export interface LivingShare {
  expires_at: WireTime;
}

/** `POST /api/admin/login`. */
export interface Login {
  key: string;
}

/** Any number, while a step speaks. A replay may merge several into one. */
export interface MessageEvent {
  event: "message";
  data: MessagePiece;
}

/** A piece of what a step says. The pieces of a step, put together, are its `full_response`. */
export interface MessagePiece {
  content: string;
  phase: GoalPhase;
  step: "collect" | "refine" | "score";
  /** From 1 in each step. */
  chunk_index: number;
}

/** `GET /api/session/{id}/messages`, newest last. */
export interface Messages {
  messages: HistoryMessage[];
  total: number;
}

/** `GET /api/session/mine`. */
export interface MySessions {
  sessions: ListedSession[];
}

/** `POST /api/admin/keys`. */
export interface NewAdminKey {
  email: string;
}

/** `GET /api/admin/stats/overview`. */
export interface Overview {
  total_tenants: number;
  active_tenants: number;
  total_sessions: number;
  active_sessions: number;
  completed_sessions: number;
  abandoned_sessions: number;
  total_messages_today: number;
  total_goals_created: number;
  goals_by_type: Partial<Record<"future" | "values" | "actions", number>>;
  avg_completion_rate: number;
  avg_session_duration_minutes: number;
  avg_score: number;
  timestamp: WireTime;
}

/** Where a conversation stands. `done` is reached after the third goal. */
export type Phase = "g2_basic" | "g4_future" | "g6_values" | "g8_actions" | "done";

/** The final goals of one phase. `scores` counts them in steps of one point, the last step with its upper end. */
export interface PhaseScores {
  phase: string;
  goals: number;
  avg_score: number | null;
  scores: Bin[] | null;
  criteria: CriterionAverage[] | null;
  too_few: boolean;
}

/** What a tenant may change of one phase; what is left out stays ours. */
export interface PhaseSettings {
  limit?: number | null;
  horizon_months?: number | null;
  categories?: string[] | null;
}

/** Where a conversation stands. */
export interface Place {
  phase: Phase;
  step: Step;
}

/** `POST /api/admin/config/{tenant_id}/preview`. */
export interface PreviewConfig {
  config: Record<string, unknown>;
  goals: PreviewScore[];
}

/** `POST /api/goals/preview-score`. */
export interface PreviewScore {
  phase: Phase;
  content: string;
}

/** At once, and whenever something changed. */
export interface ProgressEvent {
  event: "progress";
  data: Job;
}

/** Something in a refined goal that nobody said: `text` stands at [start, end) and can be struck. */
export interface Proposal {
  id: string;
  text: string;
  start: number;
  end: number;
  reason: string;
}

/** `POST /api/admin/rag/search/{tenant_id}`. */
export interface Question {
  query: string;
  phase?: Phase | null;
  categories?: string[] | null;
  k?: number;
}

/** `GET /api/ready`. */
export interface Ready {
  status: "ready";
  timestamp: WireTime;
}

/** The goal is written; `full_response` is its text. */
export interface RefineComplete {
  phase: GoalPhase;
  full_response: string;
  chunks: number;
  tokens_used: Usage;
  latency_ms: number;
  timestamp: WireTime;
  step: "refine";
  characters: number;
  proposals: Proposal[];
  /** What the employee should know of how it was refined. Often empty. */
  note: string;
}

/** The turn had to run again: discard every event of it so far. */
export interface Restart {
  turn_id: string;
  attempt: number;
}

/** The server that ran the turn died and another one runs it again. */
export interface RestartEvent {
  event: "restart";
  data: Restart;
}

/** `POST /api/session/resume`: a token, a session of this browser, or empty for the cookie. */
export interface Resume {
  resume_token?: string | null;
  session_id?: string | null;
}

/** A criterion as employees read it; the weights of a phase add up to 100. */
export interface RubricLine {
  name: string;
  weight: number;
  description: string;
}

/** The scorecard of the goal that was refined or edited. */
export interface Score {
  score: number;
  threshold: number;
  meets_threshold: boolean;
  criteria: CriterionScore[];
  feedback: string;
  suggestions: string[];
  rubric_version: string;
  prompt_version: string;
  model: string;
  /** The goal's id; null below the threshold, where no goal is saved unless the employee keeps it. */
  goal_id: string | null;
  /** Whether it was saved because the employee keeps it, although it scored too low. */
  below_threshold: boolean;
}

/** The judge has spoken; the event `score` follows. */
export interface ScoreComplete {
  phase: GoalPhase;
  full_response: string;
  chunks: number;
  tokens_used: Usage;
  latency_ms: number;
  timestamp: WireTime;
  step: "score";
}

/** Once, when a goal was judged. */
export interface ScoreEvent {
  event: "score";
  data: Score;
}

/** A goal's score, 0-10 with one decimal, and where it comes from. */
export interface Scorecard {
  score: number;
  threshold: number;
  meets_threshold: boolean;
  criteria: CriterionScore[];
  feedback: string;
  suggestions: string[];
  rubric_version: string;
  prompt_version: string;
  model: string;
}

/** `POST /api/admin/rag/search/{tenant_id}`. */
export interface SearchResults {
  results: FoundPassage[];
}

/** The sessions of a window by the day they began, oldest first. */
export interface Series {
  from: string;
  to: string;
  days: Day[];
}

/** What a server runs on. */
export interface Services {
  database: "healthy" | "unavailable";
  redis: "not_configured";
  openai: "configured" | "not_configured";
  /** `rules`, or the language model of companies that name none. */
  coach: string;
  embeddings: string;
}

/** `PUT /api/session/{id}/info` and `POST /api/session/resume`. */
export interface Session {
  id: string;
  tenant_id: string;
  status: "active" | "completed" | "abandoned";
  name: string | null;
  employee_code: string | null;
  department: string | null;
  position: string | null;
  grade: string | null;
  years_of_service: number | null;
  age_range: string | null;
  job_type: string | null;
  completion_percentage: number;
  /** What the company said when this session began. */
  admins_may_read: boolean;
  /** What it is held in. */
  language: "en" | "de" | "es" | "fr" | "pl";
  /** Whether a refined goal waits for the employee's word; null: as the company's flag says. */
  confirm_goals: boolean | null;
  created_at: WireTime;
  updated_at: WireTime;
  last_accessed_at: WireTime;
  completed_at: WireTime | null;
  expires_at: WireTime;
}

/** `PUT /api/session/{id}/info`; every field is optional, what is left out stays. */
export interface SessionInfo {
  name?: string | null;
  employee_code?: string | null;
  department?: string | null;
  position?: string | null;
  grade?: string | null;
  years_of_service?: number | null;
  age_range?: string | null;
  job_type?: "full_time" | "part_time" | "contract" | "temporary" | "intern" | null;
}

/** `PATCH /api/session/{id}`. */
export interface SessionSettings {
  language: string;
}

/** `GET /api/session/{id}`: the session and where it stands. */
export interface SessionState {
  id: string;
  tenant_id: string;
  status: "active" | "completed" | "abandoned";
  name: string | null;
  employee_code: string | null;
  department: string | null;
  position: string | null;
  grade: string | null;
  years_of_service: number | null;
  age_range: string | null;
  job_type: string | null;
  completion_percentage: number;
  admins_may_read: boolean;
  language: "en" | "de" | "es" | "fr" | "pl";
  confirm_goals: boolean | null;
  created_at: WireTime;
  updated_at: WireTime;
  last_accessed_at: WireTime;
  completed_at: WireTime | null;
  expires_at: WireTime;
  phase: Phase;
  step: Step;
  last_score: number | null;
  retry_count: number;
  awaiting_confirmation: boolean;
  /** The goal that was refined and isn't saved. */
  draft: Draft | null;
  /** Follow it: `GET /api/session/{id}/turns/{turn_id}/stream`. */
  running_turn_id: string | null;
  question: string;
  share: LivingShare | null;
}

/** `POST /api/session/{id}/share`. */
export interface Share {
  url: string;
  expires_at: WireTime;
}

/** Whose employee it is. */
export interface SharedCompany {
  name: string;
}

/** Who shared their goals. */
export interface SharedEmployee {
  name: string | null;
  position: string | null;
  department: string | null;
}

/** A goal as a link shows it. */
export interface SharedGoal {
  id: string;
  type: "future" | "values" | "actions";
  phase: GoalPhase;
  content: string;
  /** Null where the employee kept it although it scored too low. */
  score: number | null;
  below_threshold: boolean;
  links: GoalLink[];
  created_at: WireTime;
}

/** `GET /api/share/{token}`. */
export interface SharedGoals {
  tenant: SharedCompany;
  employee: SharedEmployee;
  goals: SharedGoal[];
  summary: SharedSummary;
  expires_at: WireTime;
}

/** The goals together. */
export interface SharedSummary {
  avg_score: number;
}

/** `POST /api/admin/login` and `GET /api/admin/me`. */
export interface SignedIn {
  email: string;
  /** Null for a system key. */
  tenant: SignedInCompany | null;
  /** Null where the key came in a header. */
  expires_at: WireTime | null;
}

/** Whose admin it is. */
export interface SignedInCompany {
  id: string;
  name: string;
  slug: string;
  domain: string;
}

/** A passage the coach leaned on, as the employee sees it. `quote` is an exact part of the passage. */
export interface Source {
  document: string;
  document_id: string;
  version: string | null;
  page: number | null;
  heading: string;
  category: string;
  relevance: number;
  quote: string;
}

/** A step begins. */
export interface Start {
  phase: GoalPhase;
  step: Step;
  timestamp: WireTime;
  turn_id: string;
}

/** Once per step, first. */
export interface StartEvent {
  event: "start";
  data: Start;
}

/** What happens inside a phase. */
export type Step = "collect" | "refine" | "score" | "transition";

/** A step that was completed. */
export interface StepOutline {
  step: string;
  latency_ms: number;
  tokens_used: Usage;
}

/** `DELETE /api/session/{id}/facts/{fact_id}`. */
export interface StruckFacts {
  facts: Fact[];
  /** Facts that no longer hold: the one named and what stood inside it. */
  withdrawn: number;
}

/** It is done. */
export interface Success {
  success: true;
  message: string;
}

/** `GET /api/admin/tenants`. */
export interface Tenants {
  tenants: ListedTenant[];
  total: number;
}

/** Minutes from the beginning to the end of the sessions that were finished. */
export interface TimeToFinish {
  sessions: number;
  median: number | null;
  p25: number | null;
  p75: number | null;
  too_few: boolean;
}

/** A session's turns, oldest first. */
export interface Timeline {
  session: TimelineSession;
  turns: TimelineTurn[];
}

/** Where the session stands. `admins_may_read`: whether its messages can be read by admins now. */
export interface TimelineSession {
  id: string;
  status: string;
  phase: string;
  step: string;
  created_at: string;
  admins_may_read: boolean;
}

/** One turn. `duration_ms` is null while it runs; `error` is a code such as COACH_UNAVAILABLE. */
export interface TimelineTurn {
  turn_id: string;
  phase: string;
  step: string;
  status: string;
  attempt: number;
  created_at: string;
  duration_ms: number | null;
  steps: StepOutline[];
  score: number | null;
  error: string | null;
}

/** Where the conversation stands after this turn; the same phase when its goal isn't reached yet. */
export interface Transition {
  from: Place;
  to: Place;
  completion_percentage: number;
  /** What to ask the employee next; empty when nothing is left to ask. */
  next_prompt: string;
}

/** Once, when the turn is recorded; `end` follows. */
export interface TransitionEvent {
  event: "transition";
  data: Transition;
}

/** What a turn may bring, by whichever route. */
export interface Turn {
  message?: string;
  step?: "collect" | "refine";
  turn_id?: string | null;
  strike?: string[];
  confirm?: boolean;
  keep?: boolean;
}

/** One event of a turn's stream. */
export type TurnEvent = StartEvent | MessageEvent | CompleteEvent | UnderstoodEvent | ScoreEvent | ConfirmEvent | TransitionEvent | EndEvent | ErrorEvent | RestartEvent;

/** What the message does, piece by piece, and everything that was said so far with what has become of it. */
export interface Understood {
  acts: Act[];
  facts: Fact[];
}

/** Once, behind collect's complete. */
export interface UnderstoodEvent {
  event: "understood";
  data: Understood;
}

/** `POST /api/admin/rag/upload/{tenant_id}?background=true`. */
export interface UploadStarted {
  success: true;
  message: string;
  job_id: string;
  status: "queued";
  filename: string;
  category: string;
}

/** `POST /api/admin/rag/upload/{tenant_id}`. */
export interface Uploaded {
  success: true;
  message: string;
  chunks_created: number;
  document_id: string;
  category: string;
}

/** Tokens of the model calls of a step; zeros for the rule coach. */
export interface Usage {
  input: number;
  output: number;
  total: number;
}

/** A moment in UTC, ISO 8601 with milliseconds: `2025-01-10T09:00:00.000Z`. */
export type WireTime = string;
