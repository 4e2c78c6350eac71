"""How true what is read is: labelled posts and sentences that lie outside the project, scored and told."""
