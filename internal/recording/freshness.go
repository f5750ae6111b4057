package recording

// Units of an audited workload's blocks: how far the published counters were from
// the truth, at random moments of the block's slots. All but AuditSamples and
// AuditTorn are absent from variants without counters.
const (
	// ErrorP50 and so on are of the polls that had begun and were not counted yet, in
	// the middle of a look. So ErrorMax has half of what began in the look that it is of.
	ErrorP50 = "error-p50"
	ErrorP99 = "error-p99"
	ErrorMax = "error-max"
	// ErrorSureMax is the most whenever in a look the counters were read: what had begun
	// before it and was not counted. AgeSureMax is such an age, in ns. The maximum is at
	// least that. Recordings of before have neither.
	ErrorSureMax = "error-sure-max"
	AgeSureMax   = "age-sure-max-ns"
	// ErrorSlack is the 99th percentile of half of what began while the counters were
	// read: an error is known to within that.
	ErrorSlack = "error-slack-p99"
	// AgeP50 and so on are of the time since the truth was what the counters say, in ns.
	AgeP50 = "age-p50-ns"
	AgeP99 = "age-p99-ns"
	AgeMax = "age-max-ns"
	// AgeSlackP50 and AgeSlackP99 are of the time between the two looks at the truth
	// between which an age was interpolated, and half the look, if that is later: it is
	// known to within that. Recordings without AgeSureMax leave out the half look.
	AgeSlackP50 = "age-slack-p50-ns"
	AgeSlackP99 = "age-slack-p99-ns"
	// AuditSamples is how many moments that is, AuditTorn how many more are left out:
	// the reader was held up between its looks at the truth.
	AuditSamples = "samples"
	AuditTorn    = "samples-torn"
)

// FreshnessUnits are those with a size of error or age that every recording of an audited
// workload has.
var FreshnessUnits = []string{ErrorP50, ErrorP99, ErrorMax, ErrorSlack, AgeP50, AgeP99, AgeMax, AgeSlackP50, AgeSlackP99}
