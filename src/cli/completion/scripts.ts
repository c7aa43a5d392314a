/** What a shell runs once, so that it asks `tanxing complete` from then on. */
export const scripts = {
  bash: `# eval "$(tanxing completion bash)"
_tanxing() {
  local line quoted
  COMPREPLY=()
  while IFS= read -r line; do
    printf -v quoted %q "$line"
    COMPREPLY+=("$quoted")
  done < <(tanxing complete bash -- "\${COMP_WORDS[@]:1:COMP_CWORD}" 2>/dev/null)
}
complete -o default -F _tanxing tanxing
`,
  zsh: `#compdef tanxing
# eval "$(tanxing completion zsh)"
_tanxing() {
  local line
  local -a found
  for line in "\${(@f)$(tanxing complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] || continue
    local value="\${line%%$'\\t'*}" about="\${line#*$'\\t'}"
    found+=("\${value//:/\\\\:}\${about:+:$about}")
  done
  if (( \${#found} )); then _describe -V tanxing found; else _files; fi
}
if [[ \${funcstack[1]} == _tanxing ]]; then _tanxing "$@"; else compdef _tanxing tanxing; fi
`,
  fish: `# tanxing completion fish | source
function __tanxing_complete
    set -l before (commandline -opc)
    set -l current (commandline -ct)
    tanxing complete -- $before[2..-1] "$current" 2>/dev/null
end
complete -c tanxing -f -a '(__tanxing_complete)'
`,
  powershell: `# tanxing completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName tanxing -ScriptBlock {
  param($wordToComplete, $commandAst, $cursorPosition)
  $words = @($commandAst.CommandElements | Select-Object -Skip 1 | Where-Object { $_.Extent.EndOffset -le $cursorPosition } | ForEach-Object { "$_" })
  if ($wordToComplete -eq '') { $words += ' ' }
  tanxing complete -- @words 2>$null | ForEach-Object {
    $value, $about = $_ -split "\`t", 2
    if (-not $about) { $about = $value }
    $text = if ($value -match '[\\s''"]') { "'" + ($value -replace "'", "''") + "'" } else { $value }
    [System.Management.Automation.CompletionResult]::new($text, $value, 'ParameterValue', $about)
  }
}
`,
} as const

/** The shells there is a script for. */
export const shells = Object.keys(scripts) as (keyof typeof scripts)[]
