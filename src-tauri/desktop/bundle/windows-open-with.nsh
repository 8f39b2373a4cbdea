; Larder stands under "Open with" of spreadsheets and is never made their default program. Invitations, as files and as links,
; are its own.
!macro LARDER_OPEN_WITH EXTENSION
  WriteRegStr SHCTX "Software\Classes\${EXTENSION}\OpenWithProgids" "Larder.Spreadsheet" ""
!macroend

!macro LARDER_NO_OPEN_WITH EXTENSION
  DeleteRegValue SHCTX "Software\Classes\${EXTENSION}\OpenWithProgids" "Larder.Spreadsheet"
!macroend

!macro NSIS_HOOK_POSTINSTALL
  WriteRegStr SHCTX "Software\Classes\Larder.Spreadsheet" "" "Spreadsheet"
  WriteRegStr SHCTX "Software\Classes\Larder.Spreadsheet\shell\open" "FriendlyAppName" "Larder"
  WriteRegStr SHCTX "Software\Classes\Larder.Spreadsheet\shell\open\command" "" '"$INSTDIR\${MAINBINARYNAME}.exe" "%1"'
  WriteRegStr SHCTX "Software\Classes\Larder.Invitation" "" "Larder invitation"
  WriteRegStr SHCTX "Software\Classes\Larder.Invitation\shell\open\command" "" '"$INSTDIR\${MAINBINARYNAME}.exe" "%1"'
  WriteRegStr SHCTX "Software\Classes\.larder" "" "Larder.Invitation"
  WriteRegStr SHCTX "Software\Classes\larder" "" "URL:Larder invitation"
  WriteRegStr SHCTX "Software\Classes\larder" "URL Protocol" ""
  WriteRegStr SHCTX "Software\Classes\larder\shell\open\command" "" '"$INSTDIR\${MAINBINARYNAME}.exe" "%1"'
  !insertmacro LARDER_OPEN_WITH ".csv"
  !insertmacro LARDER_OPEN_WITH ".tsv"
  !insertmacro LARDER_OPEN_WITH ".xlsx"
  !insertmacro LARDER_OPEN_WITH ".xlsm"
  !insertmacro LARDER_OPEN_WITH ".xlsb"
  !insertmacro LARDER_OPEN_WITH ".xls"
  !insertmacro LARDER_OPEN_WITH ".ods"
!macroend

!macro NSIS_HOOK_PREUNINSTALL
  !insertmacro LARDER_NO_OPEN_WITH ".csv"
  !insertmacro LARDER_NO_OPEN_WITH ".tsv"
  !insertmacro LARDER_NO_OPEN_WITH ".xlsx"
  !insertmacro LARDER_NO_OPEN_WITH ".xlsm"
  !insertmacro LARDER_NO_OPEN_WITH ".xlsb"
  !insertmacro LARDER_NO_OPEN_WITH ".xls"
  !insertmacro LARDER_NO_OPEN_WITH ".ods"
  DeleteRegKey SHCTX "Software\Classes\Larder.Spreadsheet"
  DeleteRegKey SHCTX "Software\Classes\Larder.Invitation"
  DeleteRegKey SHCTX "Software\Classes\.larder"
  DeleteRegKey SHCTX "Software\Classes\larder"
!macroend
